import type { ShaderModule, UniformField } from './shaderModule.ts';
import { ParameterError } from './errors.ts';
import { assertKnown } from './params.ts';

/** What a uniform field can be given: a number, a switch, or the numbers of a vector, matrix or array in WGSL's own (padded) order. */
export type UniformValue = number | boolean | ArrayLike<number>;

/** The values of a kernel's `params`, by field name. */
export type UniformValues = Readonly<Record<string, UniformValue>>;

/**
 * Writes `values` into `view` as the uniform struct of `shader`, at `offset` bytes.
 * @throws {@link ParameterError} where a field is missing, unknown, or not finite.
 */
export function packUniforms(shader: ShaderModule, values: UniformValues, view: DataView, offset: number): void {
  assertKnown(shader.label, 'field of params', values, (shader.uniforms?.fields ?? []).map(({ name }) => name));
  writeFields(shader, values, view, offset);
}

/** As {@link packUniforms} for values whose names are known to fit: what is written each frame, without garbage. */
export function writeFields(shader: ShaderModule, values: UniformValues, view: DataView, offset: number): void {
  const fields = shader.uniforms?.fields ?? [];
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as UniformField;
    const value = values[field.name];
    if (value === undefined) throw new ParameterError(`${shader.label}: params.${field.name} is missing; give it a ${field.type}`);
    packField(shader, field, value, view, offset + field.offset);
  }
}

function packField(shader: ShaderModule, field: UniformField, value: UniformValue, view: DataView, at: number): void {
  const words = wordsOf(field);
  if (typeof value === 'number' || typeof value === 'boolean') {
    if (words !== 1) throw new ParameterError(`${shader.label}: params.${field.name} is a number, must be the ${words} numbers of a ${field.type}${field.array ? ` array of ${field.array.count}` : ''}`);
    writeWord(shader, field, Number(value), view, at);
    return;
  }
  if (value.length > words) throw new ParameterError(`${shader.label}: params.${field.name} has ${value.length} numbers, must have at most ${words}`);
  for (let i = 0; i < value.length; i++) writeWord(shader, field, value[i] ?? 0, view, at + byteOf(field, i));
}

/** 32-bit words a caller may give: for an array of narrow elements their own words, without the padding between them. */
function wordsOf(field: UniformField): number {
  return WORDS[field.type] * (field.array?.count ?? 1);
}

function byteOf(field: UniformField, index: number): number {
  if (field.array === undefined) return 4 * index;
  const words = WORDS[field.type];
  return Math.floor(index / words) * field.array.stride + (index % words) * 4;
}

const WORDS = { f32: 1, i32: 1, u32: 1, vec2f: 2, vec3f: 3, vec4f: 4, vec2i: 2, vec2u: 2, vec4u: 4, mat3x3f: 12, mat4x4f: 16 } as const;

function writeWord(shader: ShaderModule, field: UniformField, value: number, view: DataView, at: number): void {
  if (!Number.isFinite(value)) throw new ParameterError(`${shader.label}: params.${field.name} is ${value}, must be finite`);
  if (field.type === 'i32' || field.type === 'vec2i') view.setInt32(at, value, true);
  else if (field.type === 'u32' || field.type === 'vec2u' || field.type === 'vec4u') view.setUint32(at, value, true);
  else view.setFloat32(at, value, true);
}
