import { readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { linkShader, readShaderSources } from './linkShader.ts';
import { reflectShader } from './reflectShader.ts';

/**
 * Makes `import kernel from './x.wgsl'` a linked and reflected `ShaderModule`. `./x.wgsl?name` links the variant in which `@if(name)` holds, `./x.wgsl?one+other` that in which both do.
 * A library build also writes each linked module as plain WGSL beside the scripts.
 */
export function wgslPlugin(root: string = join(import.meta.dirname, '..', 'shaders')): Plugin {
  const linked = new Map<string, string>();
  let reading: Promise<Record<string, string>> | undefined;
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
      const sources = { ...(await (reading ??= readShaderSources(root))) };
      for (const source of Object.keys(sources)) if (!source.startsWith('./generated/')) this.addWatchFile(join(root, source));
      const inside = relative(root, file).split(sep).join('/');
      // A kernel of an application or a test lies elsewhere, and imports from ours with `package::` all the same.
      const outside = inside.startsWith('..');
      const path = (outside ? `outside/${basename(file)}` : inside).replace(/\.wgsl$/, '');
      if (outside) sources[`./${path}.wgsl`] = await readFile(file, 'utf8');
      const code = await linkShader(sources, path, condition);
      const label = condition === undefined ? path : `${path}?${condition}`;
      linked.set(label, code);
      // Minifiers leave strings alone, so indentation goes here; lines stay for the messages of WGSL compilers.
      const module = { ...reflectShader(label, code), code: code.replace(/\n\s+/g, '\n') };
      return { code: `export default /* @__PURE__ */ Object.freeze(${JSON.stringify(module)});`, moduleType: 'js', moduleSideEffects: false };
    },
    generateBundle() {
      if (!this.environment.config.build.lib) return;
      for (const [label, source] of linked) this.emitFile({ type: 'asset', fileName: `shaders/${label.replace('?', '.')}.wgsl`, source });
    },
  };
}
