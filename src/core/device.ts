import { AllocationGuard, type GpuFault, type Validation } from './allocationGuard.ts';
import { AtelierError, DestroyedError, DeviceLostError, GpuError, UnsupportedError } from './errors.ts';

/** How a device is found or borrowed. */
export interface DeviceOptions {
  /** A device of yours. It is borrowed: never destroyed, no listener added, its limits taken as they are. */
  readonly device?: GPUDevice;
  /** Where adapters come from; `navigator.gpu` where it is left out. */
  readonly gpu?: GPU;
  /** Which of several GPUs to ask for. */
  readonly powerPreference?: GPUPowerPreference;
  /** How much the GPU is asked whether it did what it was told; `'alloc'` by default. */
  readonly validation?: Validation;
}

/** GPU objects made and destroyed so far, all kinds together. */
export interface ObjectCounters {
  created: number;
  destroyed: number;
  /** Objects WebGPU forces anew each frame: the view of a canvas's current texture, an imported video frame, and the bind group that holds that. */
  transient: number;
}

const ADAPTER_TIMEOUT_MS = 5000;
const ADAPTER_TRIES = 3;
const OPTIONAL_FEATURES: readonly string[] = ['core-features-and-limits', 'timestamp-query', 'float32-filterable', 'subgroups'];
const WANTED_LIMITS = ['maxTextureDimension2D', 'maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/**
 * A GPU device with a count of what was made on it. Its methods stand for those of WebGPU: what one of these throws becomes a {@link GpuError}.
 * Owns: the `GPUDevice` where it asked for one. Borrows: a `GPUDevice` given to it, and the counters, which go on with the next device.
 */
export class Device {
  readonly handle: GPUDevice;
  readonly owned: boolean;
  /** Extensions of WGSL that kernels may use. */
  readonly languageFeatures: ReadonlySet<string>;
  readonly counters: ObjectCounters;
  /** What the adapter says of itself, read once: each reading makes garbage. */
  readonly adapter: { readonly description: string; readonly isFallback: boolean };
  /** Resolves with the reason when the device is lost; never where {@link Device.destroy} ended it. */
  readonly lost: Promise<string>;
  /** What waits for the GPU, to be told when the device is lost or destroyed, because a lost device can be silent. */
  readonly #racing = new Set<(reason: Error) => void>();
  #hasEnded = false;
  /** Of the counters, what this device has made and ended. */
  #made = 0;
  #ended = 0;
  readonly #guard: AllocationGuard;
  #state: 'alive' | 'lost' | 'destroyed' | 'replaced' = 'alive';
  #reason = '';

  constructor(handle: GPUDevice, owned: boolean, gpu: GPU | undefined, validation: Validation = 'alloc', counters: ObjectCounters = { created: 0, destroyed: 0, transient: 0 }) {
    this.handle = handle;
    this.owned = owned;
    this.languageFeatures = gpu?.wgslLanguageFeatures ?? new Set();
    this.counters = counters;
    const info = handle.adapterInfo as GPUAdapterInfo | undefined;
    this.adapter = { description: info?.description ?? '', isFallback: info?.isFallbackAdapter ?? false };
    this.#guard = new AllocationGuard(handle, validation);
    let tell: (reason: string) => void;
    this.lost = new Promise((resolve) => (tell = resolve));
    void handle.lost.then(({ reason, message }) => {
      this.#hasEnded = true;
      if (this.#state === 'alive') {
        this.#state = 'lost';
        this.#reason = `${reason ?? 'unknown'}: ${message}`;
        tell(this.#reason);
      }
      for (const end of this.#racing) end(new Error(this.#reason));
    });
  }

  /** Throws where the device can no longer be used. */
  assertAlive(): void {
    if (this.#state === 'lost') throw new DeviceLostError(`the GPU device was lost (${this.#reason})`);
    if (this.#state === 'replaced') throw new DeviceLostError('the studio goes on with another GPU device; try again');
    if (this.#state === 'destroyed') throw new DestroyedError('the studio was destroyed; make a new one');
  }

  get alive(): boolean {
    return this.#state === 'alive';
  }

  /** `promise`, or the reason if the device is lost or destroyed first. */
  async race<T>(promise: Promise<T>): Promise<T> {
    // Not a race with one lasting promise, which would keep something of each that was ever raced with it.
    let end: (reason: Error) => void = () => {};
    const ended = new Promise<never>((_resolve, reject) => {
      end = reject;
    });
    if (this.#hasEnded) end(new Error(this.#reason));
    this.#racing.add(end);
    try {
      return await Promise.race([promise, ended]);
    } catch (error) {
      // A call that failed because of the loss can reject before the loss itself is told.
      await new Promise((resolve) => setTimeout(resolve));
      this.assertAlive();
      throw error;
    } finally {
      this.#racing.delete(end);
    }
  }

  /** Resolves when the GPU has done all it was told so far, or never will. */
  async done(): Promise<void> {
    try {
      await this.race(this.handle.queue.onSubmittedWorkDone());
    } catch {
      // On a lost device nothing is left to be done.
    }
  }

  /** Begins work in one task that may allocate. */
  beginGuard(): void {
    try {
      this.#guard.begin();
    } catch (cause) {
      throw refused('pushErrorScope', cause);
    }
  }

  /** Ends it; resolves with what the GPU refused. `undefined` where nothing was asked, as in every frame that allocates nothing. */
  endGuard(): Promise<GpuFault | undefined> | undefined {
    // Where the answer itself fails, the device is lost, which is told elsewhere.
    return this.#guard.end()?.catch(() => undefined);
  }

  createTexture(descriptor: GPUTextureDescriptor): GPUTexture {
    try {
      this.#guard.note();
      return this.#counted(this.handle.createTexture(descriptor));
    } catch (cause) {
      throw refused('createTexture', cause);
    }
  }

  createView(texture: GPUTexture): GPUTextureView {
    try {
      return this.#counted(texture.createView());
    } catch (cause) {
      throw refused('createView', cause);
    }
  }

  createBuffer(descriptor: GPUBufferDescriptor): GPUBuffer {
    try {
      this.#guard.note();
      return this.#counted(this.handle.createBuffer(descriptor));
    } catch (cause) {
      throw refused('createBuffer', cause);
    }
  }

  createQuerySet(descriptor: GPUQuerySetDescriptor): GPUQuerySet {
    try {
      this.#guard.note();
      return this.#counted(this.handle.createQuerySet(descriptor));
    } catch (cause) {
      throw refused('createQuerySet', cause);
    }
  }

  createBindGroup(descriptor: GPUBindGroupDescriptor): GPUBindGroup {
    try {
      return this.#counted(this.handle.createBindGroup(descriptor));
    } catch (cause) {
      throw refused('createBindGroup', cause);
    }
  }

  /** As {@link createBindGroup}, for one that serves a single frame. */
  createFrameBindGroup(descriptor: GPUBindGroupDescriptor): GPUBindGroup {
    try {
      this.counters.transient++;
      return given(this.handle.createBindGroup(descriptor));
    } catch (cause) {
      throw refused('createBindGroup', cause);
    }
  }

  async createComputePipeline(descriptor: GPUComputePipelineDescriptor): Promise<GPUComputePipeline> {
    return given(await this.race(this.handle.createComputePipelineAsync(descriptor)));
  }

  async createRenderPipeline(descriptor: GPURenderPipelineDescriptor): Promise<GPURenderPipeline> {
    return given(await this.race(this.handle.createRenderPipelineAsync(descriptor)));
  }

  #counted<T>(object: T): T {
    given(object);
    this.#countMade();
    return object;
  }

  /** Counts an object that was made with a promise, once it is in use. */
  count(): void {
    if (this.alive) this.#countMade();
  }

  #countMade(): void {
    this.#made++;
    this.counters.created++;
  }

  createCommandEncoder(): GPUCommandEncoder {
    try {
      return given(this.handle.createCommandEncoder());
    } catch (cause) {
      throw refused('createCommandEncoder', cause);
    }
  }

  /** What was recorded: here the GPU says what was wrong with it. */
  finish(encoder: GPUCommandEncoder): GPUCommandBuffer {
    try {
      return given(encoder.finish());
    } catch (cause) {
      throw refused('finish', cause);
    }
  }

  submit(commands: GPUCommandBuffer): void {
    try {
      this.handle.queue.submit([commands]);
    } catch (cause) {
      throw refused('submit', cause);
    }
  }

  writeBuffer(buffer: GPUBuffer, offset: number, bytes: Uint8Array<ArrayBuffer>): void {
    try {
      this.handle.queue.writeBuffer(buffer, offset, bytes);
    } catch (cause) {
      throw refused('writeBuffer', cause);
    }
  }

  /** Says that `count` objects were destroyed, or can no longer be reached where WebGPU has no `destroy()` for them. */
  forget(count: number): void {
    if (this.#state === 'lost') return;
    this.#ended += count;
    this.counters.destroyed += count;
  }

  /** Says that everything that was made on a lost device is gone with it. */
  forgetAll(): void {
    this.counters.destroyed += this.#made - this.#ended;
    this.#ended = this.#made;
  }

  /** Sees that the device works: brings four bytes back. Submitted work of a lost device seems done, but its buffers cannot be mapped. */
  async probe(): Promise<void> {
    const buffer = this.createBuffer({ label: 'atelier probe', size: 4, usage: GPUBufferUsage.MAP_READ });
    try {
      await this.race(buffer.mapAsync(GPUMapMode.READ));
    } finally {
      buffer.destroy();
      this.forget(1);
    }
  }

  /** Memory of destroyed textures and buffers returns only at the next submit. */
  flush(): void {
    try {
      if (this.alive) this.handle.queue.submit([]);
    } catch {
      // Then it returns a little later.
    }
  }

  /** Destroys an owned device; a borrowed one lives on. */
  destroy(why: 'destroyed' | 'replaced' = 'destroyed'): void {
    this.flush();
    if (this.#state === 'alive') this.#state = why;
    if (this.owned) this.handle.destroy();
  }
}

/** What WebGPU gave; broken ones have given nothing, which must not be kept. */
export function given<T>(object: T): T {
  if (object === null || object === undefined) throw new TypeError('it gave nothing');
  return object;
}

/** The error for a call of WebGPU that threw or gave nothing; errors of the library pass. */
export function refused(what: string, cause: unknown): AtelierError {
  return cause instanceof AtelierError ? cause : new GpuError(`the GPU refused ${what} (${String(cause)}); try again, and report it where it happens each time`, { cause });
}

/**
 * Borrows `options.device` or asks for a device of our own, with the optional features and larger limits the adapter has.
 * @throws {@link UnsupportedError} where there is no WebGPU, no adapter or no device.
 */
export async function acquireDevice(options: DeviceOptions = {}, counters?: ObjectCounters): Promise<Device> {
  const gpu = options.gpu ?? (globalThis.navigator as Navigator | undefined)?.gpu;
  if (options.device !== undefined) return new Device(options.device, false, gpu, options.validation, counters);
  if (gpu === undefined) throw new UnsupportedError(`there is no WebGPU here (navigator.gpu is undefined); ${hint()}`);
  const adapter = await findAdapter(gpu, options.powerPreference);
  return new Device(await requestDevice(gpu, adapter, options.powerPreference), true, gpu, options.validation, counters);
}

/** With what the adapter says it can do, else with what every device has. */
async function requestDevice(gpu: GPU, adapter: GPUAdapter, powerPreference: GPUPowerPreference | undefined): Promise<GPUDevice> {
  const requiredFeatures = OPTIONAL_FEATURES.filter((name) => adapter.features.has(name)) as GPUFeatureName[];
  const requiredLimits = Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]]));
  try {
    return await withTimeout(adapter.requestDevice({ label: 'atelier', requiredFeatures, requiredLimits }));
  } catch {
    try {
      // An adapter serves once, whether it gave a device or not.
      const another = await findAdapter(gpu, powerPreference);
      return await withTimeout(another.requestDevice({ label: 'atelier' }));
    } catch (cause) {
      throw new UnsupportedError(`the GPU adapter gave no device (${String(cause)}); close other pages that use the GPU and try again`, { cause });
    }
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
