import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShaderModule } from '../src/core/shaderModule.ts';

/** A shader linked and reflected. */
export interface LinkedShader {
  readonly code: string;
  readonly module: ShaderModule;
}

/** The shader of that name: kept, or else what `link` makes. */
export type ShaderCache = (name: string, link: () => Promise<LinkedShader>) => Promise<LinkedShader>;

/** What decides on a linked shader beside its sources. */
const TOOLS = ['linkShader.ts', 'reflectShader.ts', '../package-lock.json'];

/**
 * Keeps linked shaders between runs, and between the many servers of one test run: linking all of them takes ten seconds.
 * A folder holds those of one state of all sources and tools; whoever makes another removes it.
 */
export async function openShaderCache(folder: string, sources: Readonly<Record<string, string>>): Promise<ShaderCache> {
  const tools = await Promise.all(TOOLS.map((tool) => readFile(join(import.meta.dirname, tool), 'utf8')));
  const state = digestOf(JSON.stringify([tools, sources]));
  const own = join(folder, state);
  await mkdir(own, { recursive: true });
  for (const other of await readdir(folder)) if (other !== state) await rm(join(folder, other), { recursive: true, force: true });
  return async (name, link) => {
    const file = join(own, `${digestOf(name)}.json`);
    try {
      return JSON.parse(await readFile(file, 'utf8')) as LinkedShader;
    } catch {
      const linked = await link();
      // Under a name of its own first: nobody may read half a file. Where it cannot be kept, it was linked all the same.
      const unfinished = `${file}.${process.pid}`;
      await writeFile(unfinished, JSON.stringify(linked)).then(() => rename(unfinished, file)).catch(() => {});
      return linked;
    }
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
