import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linkShader, readShaderSources } from '../../build/linkShader.ts';
import { reflectShader } from '../../build/reflectShader.ts';
import type { ShaderBinding } from '../../src/core/shaderModule.ts';

const root = join(import.meta.dirname, '../../shaders');
const sources = readShaderSources(root);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wgsl'));

describe.each(files)('%s', (file) => {
  const source = readFileSync(join(root, file), 'utf8');

  test('says in its header what it computes, what it reads and writes, and its source', () => {
    const header = source.split('\n').slice(0, 12).filter((line) => line.startsWith('//')).join('\n');
    expect(header.split('\n').length).toBeGreaterThanOrEqual(3);
    expect(header).toMatch(/Reads|Writes|Returns|Takes/);
    expect(header).toMatch(/Source:/);
  });

  test('uses what it imports', () => {
    const names = [...source.matchAll(/^import .*::(?:(\w+)|\{([^}]*)\});$/gm)].flatMap(([, one, several]) => (one ?? several ?? '').split(',').map((name) => name.trim()));
    const code = source.replaceAll(/\/\/.*|^import .*/gm, '');
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
  });

  test('is written with spaces, and guards its stores', () => {
    expect(source).not.toContain('\t');
    if (source.includes('@compute') && source.includes('textureStore')) expect(source).toMatch(/if \(.*(>=|>|<)/);
  });
});

test.each(imported())('%s links and reflects, and numbers its bindings params, inputs, sampler, outputs', async (label) => {
  const [path = '', condition] = label.split('?');
  const module = reflectShader(label, await linkShader(await sources, path, condition));
  expect(module.label).toBe(label);
  const places = [...module.bindings].sort((a, b) => a.binding - b.binding).map(placeOf);
  expect(places).toEqual([...places].sort());
});

/** A buffer that is written may be both, so it stands with the inputs or with the outputs. */
function placeOf(binding: ShaderBinding, index: number, all: readonly ShaderBinding[]): number {
  if (binding.kind === 'buffer' && binding.writes) return all.slice(index).some(({ kind }) => kind === 'texture' || kind === 'sampler') ? 1 : 3;
  return { uniform: 0, texture: 1, external: 1, buffer: 1, sampler: 2, output: 3 }[binding.kind];
}

/** What the library imports: files below `shaders/` without extension, with their conditions. */
function imported(): string[] {
  const folder = join(root, '../src');
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const labels = scripts.flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/shaders\/([\w/]+)\.wgsl(\?[\w+]+)?'/g)].map(([, path, condition = '']) => `${path}${condition}`));
  return [...new Set(labels)].sort();
}

describe('linking', () => {
  const sources = {
    './lib/a.wgsl': 'fn twice(x: f32) -> f32 { return 2 * x; }\nfn unused(x: f32) -> f32 { return x; }',
    './passes/b.wgsl': [
      'import package::lib::a::twice;',
      'struct Params { gain: f32, weights: array<vec4f, 3>, turn: mat3x3f, on: u32 }',
      '@group(0) @binding(0) var<uniform> params: Params;',
      '@group(0) @binding(1) var picture: texture_2d<f32>;',
      '@group(0) @binding(2) var sampled: texture_2d<f32>;',
      '@group(0) @binding(3) var bilinear: sampler;',
      '@if(half) @group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;',
      '@else @group(0) @binding(4) var output: texture_storage_2d<r32float, write>;',
      '@group(0) @binding(5) var<storage, read_write> counts: array<atomic<u32>>;',
      '@compute @workgroup_size(8, 4) fn main(@builtin(global_invocation_id) id: vec3u) {',
      '  let v = textureLoad(picture, id.xy, 0) + textureSampleLevel(sampled, bilinear, vec2f(0), 0);',
      '  atomicAdd(&counts[params.on], 1u);',
      '  textureStore(output, id.xy, v * twice(params.gain) * params.turn[0].x * params.weights[1]);',
      '}',
    ].join('\n'),
  };

  test('takes what is used, leaves the rest, and follows the condition', async () => {
    const plain = await linkShader(sources, 'passes/b');
    expect(plain).toContain('fn twice');
    expect(plain).not.toContain('unused');
    expect(plain).toContain('r32float');
    expect(await linkShader(sources, 'passes/b', 'half')).toContain('rgba16float');
  });

  test('names the file in which something is wrong', async () => {
    await expect(linkShader({ ...sources, './passes/c.wgsl': 'fn broken( {}' }, 'passes/c')).rejects.toThrow('passes/c.wgsl');
  });

  test('reflects entry point, bindings and the layout of the uniforms', async () => {
    const module = reflectShader('passes/b', await linkShader(sources, 'passes/b'));
    expect(module).toMatchObject({ stage: 'compute', entryPoint: 'main', workgroupSize: [8, 4, 1] });
    expect(module.bindings).toEqual([
      { kind: 'uniform', name: 'params', binding: 0, size: 128 },
      { kind: 'texture', name: 'picture', binding: 1, sampleType: 'unfilterable-float' },
      { kind: 'texture', name: 'sampled', binding: 2, sampleType: 'float' },
      { kind: 'sampler', name: 'bilinear', binding: 3 },
      { kind: 'output', name: 'output', binding: 4, format: 'r32float' },
      { kind: 'buffer', name: 'counts', binding: 5, writes: true },
    ]);
    expect(module.uniforms).toEqual({
      size: 128,
      fields: [
        { name: 'gain', type: 'f32', offset: 0 },
        { name: 'weights', type: 'vec4f', offset: 16, array: { count: 3, stride: 16 } },
        { name: 'turn', type: 'mat3x3f', offset: 64 },
        { name: 'on', type: 'u32', offset: 112 },
      ],
    });
  });

  test.each([
    ['@compute @workgroup_size(SIZE) fn main() {}', 'must be literal numbers'],
    ['@compute @workgroup_size(16, 16) fn main() {}', 'more than 128 invocations'],
    ['@group(0) @binding(0) var output: texture_storage_2d<rg32float, write>;\n@compute @workgroup_size(8) fn main() { textureStore(output, vec2u(0), vec4f(0)); }', 'has the format rg32float; must be one of'],
    ['fn main() {}', 'needs one compute entry point'],
  ])('fails the build, naming the module: %s', (code, message) => {
    const constant = code.includes('SIZE') ? 'const SIZE = 8;\n' : '';
    expect(() => reflectShader('passes/bad', constant + code)).toThrow('passes/bad.wgsl');
    expect(() => reflectShader('passes/bad', constant + code)).toThrow(message);
  });
});
