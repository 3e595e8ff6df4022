import { PLAINEST_TRAITS, type DeviceTraits } from './deviceTraits.ts';
import { ParameterError } from './errors.ts';
import type { KernelConstants } from './kernelCache.ts';
import { assertKnown } from './params.ts';
import type { ShaderModule, StorageFormat } from './shaderModule.ts';
import { packUniforms, type UniformValues } from './uniforms.ts';

/** A texture of the graph: a number that stands for it while nothing is allocated. */
export type TextureHandle = number & { readonly handle: 'texture' };
/** A buffer of the graph. */
export type BufferHandle = number & { readonly handle: 'buffer' };

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The whole picture that is painted, also while only a tile of it is. */
export interface Frame extends Size {
  /** The pixel of the whole picture that pixel (0, 0) of the working textures is. */
  readonly origin: readonly [x: number, y: number];
  /** Working pixels per source pixel, as the caller's `scale` asked. */
  readonly scale: number;
  /** The size of the working textures where only a tile of the picture is painted, from `origin` on. */
  readonly tile?: Size;
  /** The size that what is painted is enlarged to, along the edges of the source, before it is shown. */
  readonly enlarged?: Size;
}

/** A length relative to a picture: its long side divided by `reference`. */
export function unitOf({ width, height }: Size, reference: number): number {
  return Math.max(width, height) / reference;
}

/** What one pass is recorded with. */
export interface ComputeOptions {
  /** A handle for each texture and buffer binding of the kernel, by its name in the `.wgsl`. */
  readonly inputs?: Readonly<Record<string, TextureHandle | BufferHandle>>;
  /** A value for each field of the kernel's `params`. */
  readonly params?: UniformValues;
  /** Of the outputs; the size of the first texture input where it is left out. */
  readonly size?: Size;
  /** Write to this texture of `graph.texture` or `graph.history` instead of a new one. */
  readonly into?: TextureHandle;
  /** How many invocations run; the output size where it is left out. */
  readonly invocations?: readonly [number, number];
  /** Values of the kernel's `override` constants. */
  readonly constants?: KernelConstants;
}

/** A texture or buffer as recorded. */
export type Resource = TextureResource | BufferResource;

export interface TextureResource extends Size {
  readonly kind: 'texture';
  readonly format: StorageFormat;
  /** `external`: bound at run time. `source`: an imported picture, kept for the whole frame. `baked`: kept in the pool under `name`. `history`: kept from frame to frame under `name`. */
  readonly lifetime: 'transient' | 'external' | 'source' | 'baked' | 'history-previous' | 'history-current';
  readonly name: string;
}

export interface BufferResource {
  readonly kind: 'buffer';
  readonly bytes: number;
  readonly clear: boolean;
}

/** One dispatch as recorded. Resource numbers are in binding order; the uniform and the sampler have none. */
export interface ComputePass {
  readonly kind: 'compute';
  readonly shader: ShaderModule;
  readonly constants: KernelConstants;
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  /** One number for each binding of the shader, `-1` where it is no resource. */
  readonly bound: readonly number[];
  readonly uniforms: Uint8Array<ArrayBuffer> | undefined;
  readonly workgroups: readonly [number, number];
  /** The effect that recorded it, `''` where none did. */
  readonly effect: string;
  /** The baked texture, or the first state of a history, that this pass helps to make; it is left out once that is there. */
  readonly makes: number | undefined;
}

/** Shows a finished picture: `color` with the alpha of `alpha`, on the target called `target`. */
export interface PresentPass {
  readonly kind: 'present';
  readonly color: number;
  readonly alpha: number;
  readonly target: string;
}

export type Pass = ComputePass | PresentPass;

/** Everything that was recorded. */
export interface Recording {
  readonly frame: Frame;
  readonly resources: readonly Resource[];
  readonly passes: readonly Pass[];
}

/** How an inspected texture is shown: `scale * value + offset`, clamped to [0, 1]; what is not finite is black. */
export interface InspectView {
  /** One channel is shown in grey. `'rgb'` unless given, of r32float `'r'`. */
  readonly channel?: 'rgb' | 'r' | 'g' | 'b' | 'a';
  /** 1 unless given. */
  readonly scale?: number;
  /** 0 unless given. */
  readonly offset?: number;
}

/** An intermediate that a build names. */
export interface Intermediate {
  readonly name: string;
  /** The effect that names it. */
  readonly effect: string;
  readonly handle: TextureHandle;
  readonly view: Required<InspectView>;
}

/** What is made of the guides of a look while it is recorded, as by something that steadies them from frame to frame. */
export interface GuideFilter {
  /** Of a texture that stretches over the picture in texels of `texel` px, as directions do: rgba16float. */
  field(guide: TextureHandle, texel: number): TextureHandle;
  /** Of a buffer of `count` vec4f, as levels are. */
  numbers(guide: BufferHandle, count: number): BufferHandle;
}

const UNFILTERED: GuideFilter = { field: (guide) => guide, numbers: (guide) => guide };

/** Sees the intermediates while a graph is recorded, and may record passes that read them. */
export type IntermediateWatch = (graph: FrameGraph, intermediate: Intermediate) => void;

/**
 * What an effect's `build` records its passes on. Nothing is allocated while it records.
 *
 * @example
 * ```ts
 * const build: EffectDefinition<{ sigma: number }>['build'] = (graph, { source }, { sigma }) => {
 *   const blurred = gaussianBlur(graph, source, { sigma });
 *   return graph.compute(kernel, { inputs: { source, blurred } });
 * };
 * ```
 */
export class FrameGraph {
  /** The whole picture, also while a tile of it is painted: its size, and how it was scaled. */
  readonly frame: Frame;
  /** What passes choose their kernels by. */
  readonly traits: DeviceTraits;
  /** Of the working textures: the whole picture's, or that of the tile that is painted. */
  readonly size: Size;
  readonly #resources: Resource[] = [];
  readonly #passes: Pass[] = [];
  readonly #watch: IntermediateWatch | undefined;
  readonly #baked = new Map<string, TextureHandle>();
  #histories = 0;
  #making: TextureHandle | undefined;
  #effect = '';
  #guides = UNFILTERED;

  constructor(frame: Frame, traits: DeviceTraits = PLAINEST_TRAITS, watch?: IntermediateWatch) {
    this.frame = frame;
    this.size = frame.tile ?? { width: frame.width, height: frame.height };
    this.traits = traits;
    this.#watch = watch;
  }

  /** A texture to be written `into`; most passes need none, because `compute` makes its own. */
  texture(format: StorageFormat, size: Size = this.size): TextureHandle {
    return this.#addTexture({ kind: 'texture', format, width: size.width, height: size.height, lifetime: 'transient', name: '' });
  }

  /** A buffer with the lifetime of its readers and writers; `clear` fills it with zeros before the frame's first pass. */
  buffer(bytes: number, options: { readonly clear?: boolean } = {}): BufferHandle {
    this.#resources.push({ kind: 'buffer', bytes, clear: options.clear ?? false });
    return (this.#resources.length - 1) as BufferHandle;
  }

  /** A texture that something outside of the graph provides each frame, as the source picture. */
  external(name: string, size: Size): TextureHandle {
    return this.#addTexture({ kind: 'texture', format: 'rgba8unorm', width: size.width, height: size.height, lifetime: 'external', name });
  }

  /** What an external picture is imported into: straight rgba8, with the alpha that the last pass reads. */
  imported(name: string, { width, height }: Size = this.size): TextureHandle {
    return this.#addTexture({ kind: 'texture', format: 'rgba8unorm', width, height, lifetime: 'source', name });
  }

  #addTexture(resource: TextureResource): TextureHandle {
    for (const side of [resource.width, resource.height]) {
      if (!Number.isInteger(side) || side < 1) throw new ParameterError(`a graph texture is ${resource.width}x${resource.height}, must be whole numbers from 1`);
    }
    this.#resources.push(resource);
    return (this.#resources.length - 1) as TextureHandle;
  }

  /**
   * Two textures that swap from frame to frame: write `current`, and the next frame finds it as `previous`. They go on only in frames that show what `current` serves.
   * Before the first of these, and in calls that start from none, `previous` is what `begin` records into it; zero everywhere, alpha included, where that is left out.
   * Each call has a pair of its own, also where a look occurs twice and the names are the same.
   *
   * A pair belongs to a plan, and a pipeline has one for each size of picture, the last four it was given. So a new size begins anew, and coming back to one of those four goes on where that one
   * stopped. A change of parameters keeps it, unless it changes passes or kernels (`rebuilds`): that is another plan, which begins anew. `read` starts from none and leaves none.
   */
  history(name: string, format: StorageFormat, size: Size = this.size, begin?: (into: TextureHandle) => void): { readonly previous: TextureHandle; readonly current: TextureHandle } {
    const facts = { kind: 'texture', format, width: size.width, height: size.height, name: `${name} ${this.#histories++}` } as const;
    const previous = this.#addTexture({ ...facts, lifetime: 'history-previous' });
    if (begin !== undefined) this.#recordMaking(previous, begin);
    return { previous, current: this.#addTexture({ ...facts, lifetime: 'history-current' }) };
  }

  /**
   * A texture that depends on nothing but `key`, its size and the frame's origin: `record` must write it `into` the handle it is given. It runs in the first
   * frame that needs it; the result is kept in the pool and shared by every pipeline of the studio. That of a tile is painted each time, because nobody would need it again.
   */
  baked(key: string, format: StorageFormat, size: Size, record: (into: TextureHandle) => void): TextureHandle {
    const name = `${key} ${size.width}x${size.height} ${format}`;
    const known = this.#baked.get(name);
    if (known !== undefined) return known;
    const kept = this.frame.tile === undefined;
    const handle = kept ? this.#addTexture({ kind: 'texture', format, width: size.width, height: size.height, lifetime: 'baked', name }) : this.texture(format, size);
    this.#baked.set(name, handle);
    if (kept) this.#recordMaking(handle, record);
    else record(handle);
    return handle;
  }

  #recordMaking(handle: TextureHandle, record: (into: TextureHandle) => void): void {
    const outer = this.#making;
    this.#making = handle;
    record(handle);
    this.#making = outer;
  }

  /** Records one dispatch of a kernel with one output and returns that. */
  compute(shader: ShaderModule, options: ComputeOptions): TextureHandle {
    const outputs = Object.values(this.computeAll(shader, options));
    const [output] = outputs;
    if (output === undefined || outputs.length !== 1) throw new ParameterError(`${shader.label} has ${outputs.length} outputs, must have one here; use computeAll`);
    return output;
  }

  /** Records one dispatch and returns its outputs by their names in the `.wgsl`; a kernel that only writes buffers has none. */
  computeAll(shader: ShaderModule, options: ComputeOptions): Record<string, TextureHandle> {
    const { inputs = {}, params = {}, constants = {} } = options;
    this.#checkInputs(shader, inputs);
    const size = options.size ?? this.#defaultSize(shader, options);
    const outputs: Record<string, TextureHandle> = {};
    const reads: number[] = [];
    const writes: number[] = [];
    const bound = shader.bindings.map((binding) => {
      if (binding.kind === 'uniform' || binding.kind === 'sampler') return -1;
      if (binding.kind === 'output') {
        const output = options.into ?? this.texture(binding.format, size);
        this.#checkOutput(shader, binding.name, binding.format, output);
        outputs[binding.name] = output;
        writes.push(output);
        return output;
      }
      const handle = inputs[binding.name] as number;
      reads.push(handle);
      if (binding.kind === 'buffer' && binding.writes) writes.push(handle);
      return handle;
    });
    if (writes.some((written) => reads.includes(written) && this.#resources[written]?.kind === 'texture')) throw new ParameterError(`${shader.label} would read and write the same texture`);
    const [width, height] = options.invocations ?? [size.width, size.height];
    const workgroups = [Math.ceil(width / shader.workgroupSize[0]), Math.ceil(height / shader.workgroupSize[1])] as const;
    this.#passes.push({ kind: 'compute', shader, constants, reads, writes, bound, uniforms: packed(shader, params), workgroups, effect: this.#effect, makes: this.#making });
    return outputs;
  }

  #checkInputs(shader: ShaderModule, inputs: Readonly<Record<string, number | undefined>>): void {
    const wanted = shader.bindings.filter((binding) => binding.kind === 'texture' || binding.kind === 'buffer');
    assertKnown(shader.label, 'input', inputs, wanted.map(({ name }) => name));
    for (const binding of wanted) {
      const handle = inputs[binding.name];
      if (handle === undefined) throw new ParameterError(`${shader.label}: input "${binding.name}" is missing`);
      const resource = this.#resources[handle];
      if (resource?.kind !== binding.kind) throw new ParameterError(`${shader.label}: input "${binding.name}" is ${resource === undefined ? 'no handle of this graph' : `a ${resource.kind}`}, must be a ${binding.kind}`);
      if (resource.kind === 'texture' && binding.kind === 'texture' && binding.sampleType === 'float' && resource.format.endsWith('32float')) {
        throw new ParameterError(`${shader.label}: input "${binding.name}" is sampled, and ${resource.format} cannot be filtered; use rgba16float or rgba8unorm`);
      }
    }
  }

  #checkOutput(shader: ShaderModule, name: string, format: StorageFormat, handle: TextureHandle): void {
    const resource = this.#resources[handle];
    if (resource?.kind !== 'texture' || resource.format !== format) throw new ParameterError(`${shader.label}: output "${name}" is ${format}, but the texture to write into is ${resource?.kind === 'texture' ? resource.format : 'no texture'}`);
  }

  #defaultSize(shader: ShaderModule, { inputs = {}, into }: ComputeOptions): Size {
    if (into !== undefined) return this.sizeOf(into);
    const first = shader.bindings.find((binding) => binding.kind === 'texture');
    return first === undefined ? this.size : this.sizeOf(inputs[first.name] as TextureHandle);
  }

  /** Shows `color` with the alpha of `alpha` on a target. The pipeline records it behind each look. */
  present(target: string, color: TextureHandle, alpha: TextureHandle): void {
    this.#passes.push({ kind: 'present', color, alpha, target });
  }

  /** Passes hand through this what says how a look is painted, directions and levels, and give what comes back. It is the same, unless {@link FrameGraph.filterGuides} says otherwise. */
  get guides(): GuideFilter {
    return this.#guides;
  }

  /** Records what `record` does with its guides filtered, by the innermost filter there is. */
  filterGuides<T>(filter: GuideFilter, record: () => T): T {
    const outer = this.#guides;
    this.#guides = filter;
    const recorded = record();
    this.#guides = outer;
    return recorded;
  }

  /** The size of a texture in pixels. */
  sizeOf(handle: TextureHandle): Size {
    const resource = this.#resources[handle];
    if (resource?.kind !== 'texture') throw new ParameterError('this handle is no texture of this graph');
    return { width: resource.width, height: resource.height };
  }

  /** A length relative to the picture: its long side divided by `reference`, so `3 * graph.unit(1024)` is 3 px on a picture 1024 px long. */
  unit(reference: number): number {
    return unitOf(this.frame, reference);
  }

  /**
   * Names an intermediate of any size and format as it is now, so that `read` with `inspect` may show it instead of the result. Else it costs nothing.
   *
   * @example
   * ```ts
   * graph.inspect('edges', handle, { channel: 'r', scale: 0.5, offset: 0.5 }); // -1 black, 0 grey, 1 white
   * ```
   */
  inspect(name: string, handle: TextureHandle, view: InspectView = {}): void {
    if (this.#watch === undefined) return;
    const resource = this.#resources[handle];
    const channel = resource?.kind === 'texture' && resource.format === 'r32float' ? 'r' : 'rgb';
    const making = this.#making;
    // What shows a texture is no part of its making.
    this.#making = undefined;
    this.#watch(this, { name, effect: this.#effect, handle, view: { channel, scale: 1, offset: 0, ...view } });
    this.#making = making;
  }

  /** @internal Records what an effect's build does, whose intermediates carry its name. */
  recordAs<T>(effect: string, record: () => T): T {
    const outer = this.#effect;
    this.#effect = effect;
    const recorded = record();
    this.#effect = outer;
    return recorded;
  }

  /** @internal What was recorded so far. */
  get recording(): Recording {
    return { frame: this.frame, resources: this.#resources, passes: this.#passes };
  }
}

function packed(shader: ShaderModule, params: UniformValues): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(shader.uniforms?.size ?? 0);
  packUniforms(shader, params, new DataView(bytes.buffer), 0);
  return shader.uniforms === undefined ? undefined : bytes;
}
