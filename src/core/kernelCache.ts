import type { Device } from './device.ts';
import { UnsupportedError } from './errors.ts';
import type { MemoryAccount } from './memoryAccount.ts';
import type { ShaderBinding, ShaderModule } from './shaderModule.ts';

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
  compiled: T | undefined;
}

/**
 * Compiles each kernel once per device, asynchronously, with an explicit layout made from its reflection.
 * Owns: pipelines, layouts and the one sampler. Borrows: the device, and the account for its trace.
 */
export class KernelCache {
  readonly #device: Device;
  readonly #account: Pick<MemoryAccount, 'trace'> | undefined;
  readonly #compute = new Map<string, Slot<ComputeKernel>>();
  readonly #render = new Map<string, Slot<RenderKernel>>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  #sampler: GPUSampler | undefined;

  constructor(device: Device, account?: Pick<MemoryAccount, 'trace'>) {
    this.#device = device;
    this.#account = account;
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
    this.#sampler ??= this.#device.handle.createSampler({ label: 'atelier linear', magFilter: 'linear', minFilter: 'linear' });
    return this.#sampler;
  }

  /** Starts the compilation once; later calls share it. A failed one is forgotten, so it can be tried again. */
  compileCompute(shader: ShaderModule, constants: KernelConstants): Promise<ComputeKernel> {
    const key = kernelKey(shader, constants);
    return share(this.#compute, key, async () => {
      this.#assertFeatures(shader);
      const layout = this.#layoutOf(shader);
      const module = this.#device.handle.createShaderModule({ label: shader.label, code: shader.code });
      const pipeline = await this.#device.createComputePipeline({
        label: shader.label,
        layout: this.#device.handle.createPipelineLayout({ label: shader.label, bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: shader.entryPoint, constants: { ...constants } },
      });
      this.#account?.trace?.made('compute pipeline', pipeline, key);
      return { shader, pipeline, layout };
    });
  }

  /** As {@link compileCompute}, for a module that draws one full-screen triangle. */
  compileRender(shader: ShaderModule, format: GPUTextureFormat): Promise<RenderKernel> {
    return share(this.#render, renderKey(shader, format), async () => {
      const layout = this.#layoutOf(shader);
      const module = this.#device.handle.createShaderModule({ label: shader.label, code: shader.code });
      const pipeline = await this.#device.createRenderPipeline({
        label: `${shader.label} ${format}`,
        layout: this.#device.handle.createPipelineLayout({ label: shader.label, bindGroupLayouts: [layout] }),
        vertex: { module, entryPoint: 'vertexMain' },
        fragment: { module, entryPoint: 'fragmentMain', targets: [{ format }] },
      });
      this.#account?.trace?.made('render pipeline', pipeline, renderKey(shader, format));
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
      layout = this.#device.handle.createBindGroupLayout({ label: shader.label, entries });
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  /** Forgets every pipeline. */
  destroy(): void {
    const compiled = [...this.#compute.values(), ...this.#render.values()];
    this.#device.forget(compiled.length);
    for (const { compiled: kernel } of compiled) if (kernel !== undefined) this.#account?.trace?.ended(kernel.pipeline);
    this.#compute.clear();
    this.#render.clear();
    this.#layouts.clear();
  }
}

function share<T>(slots: Map<string, Slot<T>>, key: string, compile: () => Promise<T>): Promise<T> {
  const known = slots.get(key);
  if (known !== undefined) return known.pending;
  const slot: Slot<T> = { pending: compile(), compiled: undefined };
  slots.set(key, slot);
  slot.pending.then(
    (compiled) => (slot.compiled = compiled),
    () => slots.delete(key),
  );
  return slot.pending;
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
    case 'sampler':
      return { ...place, sampler: { type: 'filtering' } };
    case 'output':
      return { ...place, storageTexture: { access: 'write-only', format: binding.format } };
    case 'buffer':
      return { ...place, buffer: { type: binding.writes ? 'storage' : 'read-only-storage' } };
  }
}
