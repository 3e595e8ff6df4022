import { given, refused, type Device } from './device.ts';
import { UnsupportedError } from './errors.ts';
import type { ShaderBinding, ShaderModule } from './shaderModule.ts';
import type { TraceSink } from './trace.ts';

/** Values for the `override` constants of a module. */
export type KernelConstants = Readonly<Record<string, number>>;

/** A compiled compute kernel. */
export interface ComputeKernel {
  readonly shader: ShaderModule;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** A compiled full-screen pass for one target format. */
export interface RenderKernel {
  readonly shader: ShaderModule;
  readonly pipeline: GPURenderPipeline;
  readonly layout: GPUBindGroupLayout;
}

interface Slot<T> {
  readonly pending: Promise<T>;
  /** Compiles the same on another device. */
  readonly repeat: (cache: KernelCache) => Promise<T>;
  compiled: T | undefined;
}

/**
 * Compiles each kernel once per device, asynchronously, with an explicit layout made from its reflection.
 * Owns: pipelines, layouts and the one sampler. Borrows: the device and the trace.
 */
export class KernelCache {
  readonly #device: Device;
  readonly #trace: TraceSink | undefined;
  readonly #compute = new Map<string, Slot<ComputeKernel>>();
  readonly #render = new Map<string, Slot<RenderKernel>>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  #sampler: GPUSampler | undefined;

  constructor(device: Device, trace?: TraceSink) {
    this.#device = device;
    this.#trace = trace;
  }

  /** The kernel, or undefined while it is not compiled. */
  compute(key: string): ComputeKernel | undefined {
    return this.#compute.get(key)?.compiled;
  }

  /** The full-screen pass for `format`, or undefined while it is not compiled. */
  render(shader: ShaderModule, format: GPUTextureFormat): RenderKernel | undefined {
    return this.#render.get(renderKey(shader, format))?.compiled;
  }

  /** Bilinear, clamped to the edge: what every sampled texture uses. */
  get sampler(): GPUSampler {
    this.#sampler ??= given(this.#device.handle.createSampler({ label: 'atelier linear', magFilter: 'linear', minFilter: 'linear' }));
    return this.#sampler;
  }

  /** Starts the compilation once; later calls share it. A failed one is forgotten, so it can be tried again. */
  compileCompute(shader: ShaderModule, constants: KernelConstants): Promise<ComputeKernel> {
    const key = kernelKey(shader, constants);
    return this.#share(this.#compute, key, (cache) => cache.compileCompute(shader, constants), async () => {
      this.#assertFeatures(shader);
      const layout = this.#layoutOf(shader);
      const module = this.#device.handle.createShaderModule({ label: shader.label, code: shader.code });
      const pipeline = await this.#device.createComputePipeline({
        label: shader.label,
        layout: this.#device.handle.createPipelineLayout({ label: shader.label, bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: shader.entryPoint, constants: { ...constants } },
      });
      return { shader, pipeline, layout };
    });
  }

  /** As {@link compileCompute}, for a module that draws one full-screen triangle. */
  compileRender(shader: ShaderModule, format: GPUTextureFormat): Promise<RenderKernel> {
    return this.#share(this.#render, renderKey(shader, format), (cache) => cache.compileRender(shader, format), async () => {
      const layout = this.#layoutOf(shader);
      const module = this.#device.handle.createShaderModule({ label: shader.label, code: shader.code });
      const pipeline = await this.#device.createRenderPipeline({
        label: `${shader.label} ${format}`,
        layout: this.#device.handle.createPipelineLayout({ label: shader.label, bindGroupLayouts: [layout] }),
        vertex: { module, entryPoint: 'vertexMain' },
        fragment: { module, entryPoint: 'fragmentMain', targets: [{ format }] },
      });
      return { shader, pipeline, layout };
    });
  }

  #assertFeatures(shader: ShaderModule): void {
    const missing = shader.features.find((feature) => !this.#device.handle.features.has(feature));
    if (missing !== undefined) throw new UnsupportedError(`${shader.label} needs the GPU feature ${missing}, which this device does not have`);
  }

  #layoutOf(shader: ShaderModule): GPUBindGroupLayout {
    const visibility = shader.stage === 'compute' ? GPUShaderStage.COMPUTE : GPUShaderStage.VERTEX | GPUShaderStage.FRAGMENT;
    const entries = shader.bindings.map((binding) => layoutEntry(binding, visibility));
    const key = JSON.stringify(entries);
    let layout = this.#layouts.get(key);
    if (layout === undefined) {
      layout = given(this.#device.handle.createBindGroupLayout({ label: shader.label, entries }));
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  #share<T extends ComputeKernel | RenderKernel>(slots: Map<string, Slot<T>>, key: string, repeat: (cache: KernelCache) => Promise<T>, compile: () => Promise<T>): Promise<T> {
    const known = slots.get(key);
    if (known !== undefined) return known.pending;
    const slot: Slot<T> = { pending: typed(compile), repeat, compiled: undefined };
    slots.set(key, slot);
    slot.pending.then(
      (compiled) => {
        // Where the cache was destroyed meanwhile there is nobody to use it.
        if (slots.get(key) !== slot) return;
        slot.compiled = compiled;
        this.#device.count();
        if (this.#device.alive) this.#trace?.made(compiled.shader.stage === 'compute' ? 'compute pipeline' : 'render pipeline', compiled.pipeline, key);
      },
      () => slots.delete(key),
    );
    return slot.pending;
  }

  /** Compiles everything that is compiled here in the cache of another device, as far as that can. */
  async repeatIn(cache: KernelCache): Promise<void> {
    await Promise.allSettled([...this.#compute.values(), ...this.#render.values()].map(({ repeat }) => repeat(cache)));
  }

  #pipelines(): object[] {
    return [...this.#compute.values(), ...this.#render.values()].flatMap(({ compiled }) => (compiled === undefined ? [] : [compiled.pipeline]));
  }

  /** Says that every pipeline went with its device. They stay known, to be repeated on another. */
  abandon(): void {
    for (const pipeline of this.#pipelines()) this.#trace?.ended(pipeline);
  }

  /** Forgets every pipeline. */
  destroy(): void {
    const pipelines = this.#pipelines();
    this.#device.forget(pipelines.length);
    for (const pipeline of pipelines) this.#trace?.ended(pipeline);
    this.#compute.clear();
    this.#render.clear();
    this.#layouts.clear();
  }
}

async function typed<T>(compile: () => Promise<T>): Promise<T> {
  try {
    return await compile();
  } catch (cause) {
    throw refused('to compile a kernel', cause);
  }
}

/** Which compiled kernel a pass needs. */
export function kernelKey(shader: ShaderModule, constants: KernelConstants): string {
  const names = Object.keys(constants).sort();
  return names.length === 0 ? shader.label : `${shader.label} ${names.map((name) => `${name}=${constants[name]}`).join(' ')}`;
}

function renderKey(shader: ShaderModule, format: GPUTextureFormat): string {
  return `${shader.label} ${format}`;
}

function layoutEntry(binding: ShaderBinding, visibility: GPUShaderStageFlags): GPUBindGroupLayoutEntry {
  const place = { binding: binding.binding, visibility };
  switch (binding.kind) {
    case 'uniform':
      return { ...place, buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: binding.size } };
    case 'texture':
      return { ...place, texture: { sampleType: binding.sampleType } };
    case 'external':
      return { ...place, externalTexture: {} };
    case 'sampler':
      return { ...place, sampler: { type: 'filtering' } };
    case 'output':
      return { ...place, storageTexture: { access: 'write-only', format: binding.format } };
    case 'buffer':
      return { ...place, buffer: { type: binding.writes ? 'storage' : 'read-only-storage' } };
  }
}
