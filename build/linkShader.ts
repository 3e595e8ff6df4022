import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { link } from 'wesl';
import { generatedModules } from './generated/modules.ts';

/** All WESL sources by their path below `shaders/`, the generated ones (`generated/…`) among them. */
export async function readShaderSources(root: string): Promise<Record<string, string>> {
  const sources: Record<string, string> = {};
  for (const [name, source] of Object.entries(generatedModules())) sources[`./generated/${name}.wgsl`] = source;
  for (const entry of await readdir(root, { recursive: true })) {
    if (entry.endsWith('.wgsl')) sources[`./${entry.split(sep).join('/')}`] = await readFile(join(root, entry), 'utf8');
  }
  return sources;
}

/** Links one entry file into plain WGSL. `condition` is the name that `@if(…)` sees as true, or several joined by `+`. */
export async function linkShader(sources: Record<string, string>, path: string, condition?: string): Promise<string> {
  const conditions = Object.fromEntries((condition?.split('+') ?? []).map((name) => [name, true]));
  const linked = await link({ weslSrc: sources, rootModuleName: `./${path}`, conditions, keepComments: false }).catch((error: unknown) => {
    // The linker takes every file for one of its own kind.
    if (error instanceof Error) error.message = error.message.replaceAll('.wesl', '.wgsl');
    throw error;
  });
  const label = condition === undefined ? path : `${path}?${condition}`;
  return `// atelier-gpu ${label}\n${linked.dest.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}
