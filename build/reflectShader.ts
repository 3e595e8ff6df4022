import { WgslReflect, type FunctionInfo, type MemberInfo, type VariableInfo } from 'wgsl_reflect/wgsl_reflect.module.js';
import type { ShaderBinding, ShaderModule, StorageFormat, UniformField, UniformLayout, UniformType } from '../src/core/shaderModule.ts';

// wgsl_reflect declares this enum in its types but does not export its values.
const UNIFORM = 0;
const STORAGE = 1;
const TEXTURE = 3;
const SAMPLER = 4;
const STORAGE_TEXTURE = 5;

const STORAGE_FORMATS: readonly string[] = ['rgba8unorm', 'rgba16float', 'r32float', 'rgba32float'] satisfies StorageFormat[];
const UNIFORM_TYPES: Readonly<Record<string, UniformType>> = {
  f32: 'f32', i32: 'i32', u32: 'u32',
  vec2f: 'vec2f', vec3f: 'vec3f', vec4f: 'vec4f', vec2i: 'vec2i', vec2u: 'vec2u', vec4u: 'vec4u', mat3x3f: 'mat3x3f', mat4x4f: 'mat4x4f',
  'vec2<f32>': 'vec2f', 'vec3<f32>': 'vec3f', 'vec4<f32>': 'vec4f', 'vec2<i32>': 'vec2i', 'vec2<u32>': 'vec2u', 'vec4<u32>': 'vec4u', 'mat3x3<f32>': 'mat3x3f', 'mat4x4<f32>': 'mat4x4f',
};

/** Reads entry point, workgroup size, bindings and uniform layout out of linked WGSL; throws, naming the module, where a rule of ours is broken. */
export function reflectShader(label: string, code: string): ShaderModule {
  const fail = (reason: string): never => {
    throw new Error(`${label}.wgsl: ${reason}`);
  };
  const reflection = new WgslReflect(code);
  const { compute, vertex, fragment } = reflection.entry;
  const stage = compute.length === 1 && vertex.length === 0 ? 'compute' : vertex.length === 1 && fragment.length === 1 ? 'render' : fail('needs one compute entry point, or one vertex and one fragment entry point');
  const entry = compute[0];
  const variables = reflection.getBindGroups()[0] ?? [];
  const bindings = variables.filter((variable) => variable !== undefined).map((variable) => bindingOf(variable, code, fail));
  const uniform = variables.find((variable) => (variable?.resourceType as number | undefined) === UNIFORM);
  if (uniform !== undefined && uniform.name !== 'params') fail(`the uniform is called "${uniform.name}", must be "params"`);
  return {
    label,
    code,
    stage,
    entryPoint: entry?.name ?? '',
    workgroupSize: entry === undefined ? [0, 0, 0] : workgroupSizeOf(code, entry, fail),
    bindings,
    features: [...code.matchAll(/^\s*enable\s+([^;]+);/gm)].flatMap((match) => (match[1] ?? '').split(',')).map((name) => name.trim().replace('f16', 'shader-f16')),
    uniforms: uniform === undefined ? undefined : layoutOf(uniform, fail),
  };
}

/** Reflection may give a named constant as its name, or a value it worked out wrongly, so only literals are taken. */
function workgroupSizeOf(code: string, entry: FunctionInfo, fail: (reason: string) => never): [number, number, number] {
  const size = [0, 1, 2].map((axis) => Number(entry.workgroupSize?.[axis] ?? 1));
  if (!/@workgroup_size\(\s*\d+\s*(,\s*\d+\s*){0,2},?\s*\)/.test(code)) fail('@workgroup_size must be literal numbers');
  if (size.reduce((product, value) => product * value, 1) > 128) fail('more than 128 invocations per workgroup: compatibility devices refuse it');
  return size as [number, number, number];
}

function bindingOf(variable: VariableInfo, code: string, fail: (reason: string) => never): ShaderBinding {
  const { name, binding } = variable;
  switch (variable.resourceType as number) {
    case UNIFORM:
      return { kind: 'uniform', name, binding, size: variable.size };
    case SAMPLER:
      return { kind: 'sampler', name, binding };
    case STORAGE:
      return { kind: 'buffer', name, binding, writes: variable.access.includes('write') };
    case STORAGE_TEXTURE: {
      const format = variable.type.getTypeName().match(/<\s*(\w+)/)?.[1] ?? '';
      if (!STORAGE_FORMATS.includes(format)) fail(`output "${name}" has the format ${format}; must be one of ${STORAGE_FORMATS.join(', ')}`);
      return { kind: 'output', name, binding, format: format as StorageFormat };
    }
    case TEXTURE:
      if (variable.type.getTypeName() === 'texture_external') return { kind: 'external', name, binding };
      return { kind: 'texture', name, binding, sampleType: new RegExp(`textureSample\\w*\\(\\s*${name}\\b`).test(code) ? 'float' : 'unfilterable-float' };
    default:
      return fail(`"${name}" is a kind of variable that no kernel here uses`);
  }
}

function layoutOf(uniform: VariableInfo, fail: (reason: string) => never): UniformLayout {
  return { size: Math.ceil(uniform.size / 16) * 16, fields: (uniform.members ?? []).map((member) => fieldOf(member, fail)) };
}

function fieldOf(member: MemberInfo, fail: (reason: string) => never): UniformField {
  const typeName = (member.isArray ? member.format?.getTypeName() : member.type.getTypeName()) ?? '';
  const type = UNIFORM_TYPES[typeName] ?? fail(`uniform field "${member.name}" has the type ${typeName}, which the writer does not know`);
  return { name: member.name, type, offset: member.offset, ...(member.isArray && { array: { count: member.count, stride: member.stride } }) };
}
