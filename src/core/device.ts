import { DestroyedError, DeviceLostError, UnsupportedError } from './errors.ts';

/** How a device is found or borrowed. */
export interface DeviceOptions {
  /** A device of yours. It is borrowed: never destroyed, no listener added, its limits taken as they are. */
  readonly device?: GPUDevice;
  /** Where adapters come from; `navigator.gpu` where it is left out. */
  readonly gpu?: GPU;
  /** Which of several GPUs to ask for. */
  readonly powerPreference?: GPUPowerPreference;
}

/** GPU objects made and destroyed so far, all kinds together. */
export interface ObjectCounters {
  created: number;
  destroyed: number;
  /** Objects WebGPU forces anew each frame: the view of a canvas's current texture and what holds it. */
  transient: number;
}

const ADAPTER_TIMEOUT_MS = 5000;
const ADAPTER_TRIES = 3;
const OPTIONAL_FEATURES: readonly string[] = ['core-features-and-limits', 'timestamp-query', 'float32-filterable', 'subgroups'];
const WANTED_LIMITS = ['maxTextureDimension2D', 'maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/**
 * A GPU device with a count of what was made on it.
 * Owns: the `GPUDevice` where it asked for one. Borrows: a `GPUDevice` given to it.
 */
export class Device {
  readonly handle: GPUDevice;
  readonly owned: boolean;
  /** Extensions of WGSL that kernels may use. */
  readonly languageFeatures: ReadonlySet<string>;
  readonly counters: ObjectCounters = { created: 0, destroyed: 0, transient: 0 };
  /** Rejects when the device is lost or destroyed; every GPU promise is raced with it, because a lost device can be silent. */
  readonly #lost: Promise<never>;
  #state: 'alive' | 'lost' | 'destroyed' = 'alive';
  #reason = '';

  constructor(handle: GPUDevice, owned: boolean, gpu: GPU | undefined) {
    this.handle = handle;
    this.owned = owned;
    this.languageFeatures = gpu?.wgslLanguageFeatures ?? new Set();
    this.#lost = handle.lost.then((info) => {
      if (this.#state === 'alive') this.#state = 'lost';
      this.#reason = `${info.reason ?? 'unknown'}: ${info.message}`;
      throw new Error(this.#reason);
    });
    this.#lost.catch(() => {});
  }

  /** Throws where the device can no longer be used. */
  assertAlive(): void {
    if (this.#state === 'lost') throw new DeviceLostError(`the GPU device was lost (${this.#reason}); make a new studio`);
    if (this.#state === 'destroyed') throw new DestroyedError('the studio was destroyed; make a new one');
  }

  /** Whether {@link Device.destroy} ended it, not a loss. */
  get destroyed(): boolean {
    return this.#state === 'destroyed';
  }

  get alive(): boolean {
    return this.#state === 'alive';
  }

  /** `promise`, or the reason if the device is lost or destroyed first. */
  async race<T>(promise: Promise<T>): Promise<T> {
    try {
      return await Promise.race([promise, this.#lost]);
    } catch (error) {
      // A call that failed because of the loss can reject before the loss itself is told.
      await new Promise((resolve) => setTimeout(resolve));
      this.assertAlive();
      throw error;
    }
  }

  createTexture(descriptor: GPUTextureDescriptor): GPUTexture {
    this.counters.created++;
    return this.handle.createTexture(descriptor);
  }

  createView(texture: GPUTexture): GPUTextureView {
    this.counters.created++;
    return texture.createView();
  }

  createBuffer(descriptor: GPUBufferDescriptor): GPUBuffer {
    this.counters.created++;
    return this.handle.createBuffer(descriptor);
  }

  createBindGroup(descriptor: GPUBindGroupDescriptor): GPUBindGroup {
    this.counters.created++;
    return this.handle.createBindGroup(descriptor);
  }

  createComputePipeline(descriptor: GPUComputePipelineDescriptor): Promise<GPUComputePipeline> {
    this.counters.created++;
    return this.race(this.handle.createComputePipelineAsync(descriptor));
  }

  createRenderPipeline(descriptor: GPURenderPipelineDescriptor): Promise<GPURenderPipeline> {
    this.counters.created++;
    return this.race(this.handle.createRenderPipelineAsync(descriptor));
  }

  /** Says that `count` objects were destroyed, or can no longer be reached where WebGPU has no `destroy()` for them. */
  forget(count: number): void {
    this.counters.destroyed += count;
  }

  /** Memory of destroyed textures and buffers returns only at the next submit. */
  flush(): void {
    if (this.alive) this.handle.queue.submit([]);
  }

  /** Destroys an owned device; a borrowed one lives on. */
  destroy(): void {
    this.flush();
    if (this.#state === 'alive') this.#state = 'destroyed';
    if (this.owned) this.handle.destroy();
  }
}

/**
 * Borrows `options.device` or asks for a device of our own, with the optional features and larger limits the adapter has.
 * @throws {@link UnsupportedError} where there is no WebGPU, no adapter or no device.
 */
export async function acquireDevice(options: DeviceOptions = {}): Promise<Device> {
  const gpu = options.gpu ?? (globalThis.navigator as Navigator | undefined)?.gpu;
  if (options.device !== undefined) return new Device(options.device, false, gpu);
  if (gpu === undefined) throw new UnsupportedError(`there is no WebGPU here (navigator.gpu is undefined); ${hint()}`);
  const adapter = await findAdapter(gpu, options.powerPreference);
  const requiredFeatures = OPTIONAL_FEATURES.filter((name) => adapter.features.has(name)) as GPUFeatureName[];
  const requiredLimits = Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]]));
  try {
    return new Device(await adapter.requestDevice({ label: 'atelier', requiredFeatures, requiredLimits }), true, gpu);
  } catch (cause) {
    throw new UnsupportedError(`the GPU adapter gave no device (${String(cause)}); close other pages that use the GPU and try again`, { cause });
  }
}

function hint(): string {
  const isNode = 'process' in globalThis && !('document' in globalThis);
  return isNode ? "in Node import { Studio } from 'atelier-gpu/node'" : 'use a browser that has it, over https or localhost';
}

/** The first request after a browser's start can answer null, and older Firefox throws: ask a few times. */
async function findAdapter(gpu: GPU, powerPreference: GPUPowerPreference | undefined): Promise<GPUAdapter> {
  const request: GPURequestAdapterOptions = { featureLevel: 'compatibility', ...(powerPreference === undefined ? {} : { powerPreference }) };
  let cause: unknown;
  for (let attempt = 0; attempt < ADAPTER_TRIES; attempt++) {
    try {
      const adapter = await withTimeout(gpu.requestAdapter(request));
      if (adapter !== null) return adapter;
    } catch (error) {
      cause = error;
    }
  }
  throw new UnsupportedError('WebGPU is here but gives no adapter: the GPU or its driver is not supported, or hardware acceleration is off in the browser settings', { cause });
}

async function withTimeout<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new UnsupportedError(`the GPU did not answer within ${ADAPTER_TIMEOUT_MS} ms`)), ADAPTER_TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
