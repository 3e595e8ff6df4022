/** What the build step knows of one linked `.wgsl` entry file. The `.wgsl` is the only truth for these facts. */
export interface ShaderModule {
  /** Its path below `shaders/` without extension, with its condition: `passes/gaussianBlur?scalar`. */
  readonly label: string;
  /** Plain WGSL: imports linked, conditions resolved. */
  readonly code: string;
  /** `compute` for a kernel, `render` for a full-screen pass. */
  readonly stage: 'compute' | 'render';
  /** The compute entry point; `''` for a render module, whose entry points are `vertexMain` and `fragmentMain`. */
  readonly entryPoint: string;
  /** Invocations per workgroup; zeros for a render module. */
  readonly workgroupSize: readonly [number, number, number];
  /** Everything in `@group(0)`, by binding number. */
  readonly bindings: readonly ShaderBinding[];
  /** WGSL `enable` directives the module contains, as WebGPU feature names. */
  readonly features: readonly string[];
  /** The layout of the uniform `params`, if the module has one. */
  readonly uniforms: UniformLayout | undefined;
}

/** One variable of `@group(0)`. */
export type ShaderBinding =
  | { readonly kind: 'uniform'; readonly name: string; readonly binding: number; readonly size: number }
  | { readonly kind: 'texture'; readonly name: string; readonly binding: number; readonly sampleType: 'float' | 'unfilterable-float' }
  | { readonly kind: 'external'; readonly name: string; readonly binding: number }
  | { readonly kind: 'sampler'; readonly name: string; readonly binding: number }
  | { readonly kind: 'output'; readonly name: string; readonly binding: number; readonly format: StorageFormat }
  | { readonly kind: 'buffer'; readonly name: string; readonly binding: number; readonly writes: boolean };

/** The texture formats that every WebGPU device, compatibility level included, lets a compute shader store to. */
export type StorageFormat = 'rgba8unorm' | 'rgba16float' | 'r32float' | 'rgba32float';

/** Where each field of a uniform struct lies, in bytes. */
export interface UniformLayout {
  readonly size: number;
  readonly fields: readonly UniformField[];
}

/** One field of a uniform struct. */
export interface UniformField {
  readonly name: string;
  readonly type: UniformType;
  readonly offset: number;
  /** Of a field that is an array: its length, and the bytes from one element to the next. */
  readonly array?: { readonly count: number; readonly stride: number };
}

/** The field types that the uniform writer packs. */
export type UniformType = 'f32' | 'i32' | 'u32' | 'vec2f' | 'vec3f' | 'vec4f' | 'vec2i' | 'vec2u' | 'vec4u' | 'mat3x3f' | 'mat4x4f';
