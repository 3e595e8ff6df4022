import { readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { linkShader, readShaderSources } from './linkShader.ts';
import { reflectShader } from './reflectShader.ts';
import { openShaderCache, type LinkedShader, type ShaderCache } from './shaderCache.ts';

/**
 * Makes `import kernel from './x.wgsl'` a linked and reflected `ShaderModule`. `./x.wgsl?name` links the variant in which `@if(name)` holds, `./x.wgsl?one+other` that in which both do.
 * A library build also writes each linked module as plain WGSL beside the scripts.
 */
export function wgslPlugin(root: string = join(import.meta.dirname, '..', 'shaders')): Plugin {
  const linked = new Map<string, string>();
  let reading: Promise<State> | undefined;
  return {
    name: 'atelier-wgsl',
    enforce: 'pre',
    buildStart() {
      reading = undefined;
    },
    watchChange() {
      reading = undefined;
    },
    async load(id) {
      const [file, condition] = id.split('?', 2) as [string, string | undefined];
      if (!file.endsWith('.wgsl')) return undefined;
      const { sources: ours, cached } = await (reading ??= readState(root));
      const sources = { ...ours };
      for (const source of Object.keys(sources)) if (!source.startsWith('./generated/')) this.addWatchFile(join(root, source));
      const inside = relative(root, file).split(sep).join('/');
      // A kernel of an application or a test lies elsewhere, and imports from ours with `package::` all the same.
      const outside = inside.startsWith('..');
      const path = (outside ? `outside/${basename(file)}` : inside).replace(/\.wgsl$/, '');
      if (outside) sources[`./${path}.wgsl`] = await readFile(file, 'utf8');
      const label = condition === undefined ? path : `${path}?${condition}`;
      const { code, module } = await cached(outside ? `${label} ${sources[`./${path}.wgsl`]}` : label, async (): Promise<LinkedShader> => {
        const made = await linkShader(sources, path, condition);
        // Minifiers leave strings alone, so indentation goes here; lines stay for the messages of WGSL compilers.
        return { code: made, module: { ...reflectShader(label, made), code: made.replace(/\n\s+/g, '\n') } };
      });
      linked.set(label, code);
      return { code: `export default /* @__PURE__ */ Object.freeze(${JSON.stringify(module)});`, moduleType: 'js', moduleSideEffects: false };
    },
    generateBundle() {
      if (!this.environment.config.build.lib) return;
      for (const [label, source] of linked) this.emitFile({ type: 'asset', fileName: `shaders/${label.replace('?', '.')}.wgsl`, source });
    },
  };
}

interface State {
  readonly sources: Readonly<Record<string, string>>;
  readonly cached: ShaderCache;
}

async function readState(root: string): Promise<State> {
  const sources = await readShaderSources(root);
  return { sources, cached: await openShaderCache(join(import.meta.dirname, '..', '.cache/shaders'), sources) };
}
