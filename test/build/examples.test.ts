import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.cache/examples-compiled');

/** What the short examples leave out: the names of the library, and the picture and canvas every page has. */
const PRELUDE = `import * as library from 'atelier-gpu';
declare global {
  const studio: library.Studio;
  const pipeline: library.Pipeline;
  const image: ImageBitmap;
  const source: library.TextureHandle;
  const canvas: HTMLCanvasElement;
  const file: File;
  const text: string;
  const button: HTMLButtonElement;
  const retryLater: () => void;
  const graph: library.FrameGraph;
  const kernel: library.ShaderModule;
  const handle: library.TextureHandle;
}
`;

interface Snippet {
  readonly origin: string;
  readonly code: string;
}

function snippetsIn(path: string): Snippet[] {
  const text = readFileSync(join(root, path), 'utf8');
  const blocks = path.endsWith('.md') ? [...text.matchAll(/```ts\n([\s\S]*?)```/g)] : [...text.matchAll(/@example\s*\n\s*\* ```ts\n([\s\S]*?)\* ```/g)];
  return blocks.map((match, i) => ({ origin: `${path} #${i + 1}`, code: (match[1] as string).replace(/^\s*\* ?/gm, path.endsWith('.md') ? '$&' : '') }));
}

function compile(snippets: readonly Snippet[]): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: { compilerOptions: Record<string, unknown> } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noUnusedLocals: false, noUnusedParameters: false, verbatimModuleSyntax: false, isolatedModules: false, rewriteRelativeImportExtensions: false, paths: { 'atelier-gpu': ['./src/index.ts'], 'atelier-gpu/node': ['./src/node/index.ts'], 'atelier-gpu/worker': ['./src/worker/index.ts'], 'atelier-gpu/all': ['./src/all.ts'], 'atelier-gpu/effects/*': ['./src/effects/*.ts'], 'atelier-gpu/looks/*': ['./src/looks/*.ts'] } }, root);
  writeFileSync(join(folder, 'prelude.ts'), PRELUDE);
  const exported = exportedNames();
  const files = snippets.map(({ code }, i) => {
    const file = join(folder, `example${i}.ts`);
    const declared = new RegExp(`(?:const|let|class|interface|function) (?:\\w+|[{[][^}\\]]*)|import [^;]*?from`, 'g');
    const own = new Set([...code.matchAll(declared)].flatMap((match) => match[0].match(/\w+/g) ?? []));
    const imports = [...exported].filter(([name]) => !own.has(name) && new RegExp(`(?<!['\\w])(?<!(?<!\\.)\\.)${name}\\b(?!:)`).test(code)).map(([name, path]) => `import { ${name} } from '../../${path}';\n`);
    writeFileSync(file, `${imports.join('')}${code}\nexport {};\n`);
    return file;
  });
  const program = ts.createProgram([join(root, 'src/wgsl.d.ts'), join(folder, 'prelude.ts'), ...files], options);
  return files.flatMap((file, i) => {
    const source = program.getSourceFile(file);
    const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return problems.map((problem) => `${snippets[i]?.origin}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`);
  });
}

/** Every name that some module exports, with the module: examples may use them without an import. */
function exportedNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const file of sourceFiles()) {
    for (const match of readFileSync(join(root, file), 'utf8').matchAll(/^export (?:declare )?(?:abstract )?(?:async )?(?:const|function\*?|class|interface|type) (\w+)/gm)) names.set(match[1] as string, file);
  }
  return names;
}

function sourceFiles(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => `src/${file}`);
}

test('every example in the documentation compiles', () => {
  const snippets = ['README.md', ...sourceFiles()].flatMap(snippetsIn);
  expect(snippets.length).toBeGreaterThan(10);
  expect(compile(snippets)).toEqual([]);
});

test('an example that does not compile is found', () => {
  expect(compile([{ origin: 'broken', code: 'const look = studio.pipelines(adjust());' }])).toEqual([expect.stringContaining("broken: Property 'pipelines' does not exist")]);
});
