import { createBufferPool, type BufferPool } from './bufferPool.ts';
import { BakedTextures } from './bakedTextures.ts';
import type { RunHold } from './compiledPlan.ts';
import type { GpuFault } from './allocationGuard.ts';
import type { Device } from './device.ts';
import type { DeviceTraits } from './deviceTraits.ts';
import { BudgetError, OutOfMemoryError } from './errors.ts';
import { KernelCache } from './kernelCache.ts';
import { megabytes, REMEDY, type MemoryAccount } from './memoryAccount.ts';
import type { Plan } from './plan.ts';
import { upcomingId, type PoolLimits } from './pool.ts';
import { createTexturePool, type TexturePool } from './texturePool.ts';
import { UniformRing } from './uniformRing.ts';

/** How much GPU memory may be held, and for how long when nobody uses it. */
export interface MemoryLimits extends PoolLimits {
  /** Bytes in all states together. */
  readonly maxBytes: number;
}

/** How often memory may be refused in a row before the caller is told: the first time what is free is given up and the work is tried again. */
const REFUSALS = 2;

/**
 * Everything on one GPU device that plans share: pools, kernels, uniform ring, baked textures.
 * Owns: all of them. Owns the device's lifetime too: destroying the engine destroys the device if it is ours. Borrows: the account, which goes on with the next device.
 */
export class Engine {
  readonly device: Device;
  readonly account: MemoryAccount;
  readonly textures: TexturePool;
  readonly buffers: BufferPool;
  readonly kernels: KernelCache;
  readonly ring: UniformRing;
  readonly baked: BakedTextures;
  readonly traits: DeviceTraits;
  /** Runs of reads in progress: they hold memory until the GPU is done with them. */
  readonly reading: Set<Promise<unknown>> = new Set();
  /** What calls in progress have made outside of the pools; it ends with the engine. */
  readonly temporaries: Set<{ destroy(): void }> = new Set();
  /** Whether textures and buffers are filled with nonsense before each run. */
  readonly poison: boolean;
  /** Rises whenever plans may hold textures that got no memory: a plan of an older epoch must be made anew. */
  epoch = 0;
  #refusals = 0;
  #lastRefusal = '';
  #workBegan = 0;
  readonly #maxAgeMs: number;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(device: Device, traits: DeviceTraits, account: MemoryAccount, limits: PoolLimits, poison: boolean = false) {
    this.device = device;
    this.traits = traits;
    this.account = account;
    this.poison = poison;
    this.textures = createTexturePool(device, this.account, limits);
    this.buffers = createBufferPool(device, this.account, limits);
    this.kernels = new KernelCache(device, account.trace);
    this.ring = new UniformRing(device, this.account);
    this.baked = new BakedTextures(this.textures);
    this.#maxAgeMs = limits.maxAgeMs;
  }

  /**
   * Refuses a plan before anything is allocated.
   * @throws {@link BudgetError} where a texture or buffer is larger than the device can have, or `bytes` more are over the budget.
   */
  assertRoom(plan: Plan, bytes: number, what: string): void {
    const largest = this.#largestBuffer;
    if (plan.longestSide > this.longestSide) {
      throw new BudgetError(`${what} needs a texture of ${plan.longestSide} pixels a side, and this GPU device has at most ${this.longestSide}: ${REMEDY}`);
    }
    if (plan.largestBuffer > largest) {
      throw new BudgetError(`${what} needs a buffer of ${megabytes(plan.largestBuffer)}, and this GPU device has at most ${megabytes(largest)}: ${REMEDY}, or a device with a larger maxStorageBufferBindingSize`);
    }
    this.account.assertRoom(bytes + this.ring.growthFor(plan.uniforms.byteLength), what);
  }

  /** Whether {@link assertRoom} would let it pass. */
  hasRoom(plan: Plan, bytes: number): boolean {
    return plan.longestSide <= this.longestSide && plan.largestBuffer <= this.#largestBuffer && bytes + this.ring.growthFor(plan.uniforms.byteLength) <= this.account.room;
  }

  /** Of any texture on this device, in texels. */
  get longestSide(): number {
    return this.device.handle.limits.maxTextureDimension2D;
  }

  get #largestBuffer(): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.handle.limits;
    return Math.min(maxStorageBufferBindingSize, maxBufferSize);
  }

  /**
   * Says whether a live frame can be tried, which tells of refused memory only when it is over.
   * @throws {@link OutOfMemoryError} where the GPU refused memory to the frames before, although everything free was given up for the second.
   */
  assertMemory(): void {
    if (this.#refusals < REFUSALS) return;
    this.#refusals = 0;
    throw this.outOfMemory();
  }

  /** Begins work of one task that may allocate; {@link endWork} must follow in the same task. */
  beginWork(): void {
    this.#workBegan = upcomingId();
    this.device.beginGuard();
  }

  /** Ends it. Where something was allocated, resolves with what the GPU refused, after that was cleared away. */
  endWork(): Promise<GpuFault | undefined> | undefined {
    const [from, to, epoch] = [this.#workBegan, upcomingId(), this.epoch];
    return this.device.endGuard()?.then((fault) => {
      // It used what earlier work got no memory for, which is told there.
      if (fault?.kind === 'validation' && this.epoch !== epoch) return undefined;
      // Where nothing was made, nothing of it is broken.
      if (fault !== undefined && this.device.alive && from !== to) this.#clearAway(fault, from, to);
      return fault;
    });
  }

  /** Ends the work of a live frame, which nobody waits for. */
  endFrameWork(): Promise<GpuFault | undefined> | undefined {
    return this.endWork()?.then((fault) => {
      this.#refusals = fault?.kind === 'out-of-memory' ? this.#refusals + 1 : 0;
      return fault;
    });
  }

  /** Drops what got no memory, and everything that is free beside it. */
  #clearAway({ message }: GpuFault, from: number, to: number): void {
    const asked = this.textures.discard(from, to) + this.buffers.discard(from, to);
    this.ring.renew();
    this.baked.renew();
    this.epoch++;
    this.#lastRefusal = `the GPU has no memory for ${megabytes(asked)} more (${message}); ${megabytes(this.account.held - asked)} are in use by this studio: give a smaller maxSize, or close what else uses the GPU`;
    this.trim();
  }

  /** The error for memory that was refused again. */
  outOfMemory(): OutOfMemoryError {
    return new OutOfMemoryError(this.#lastRefusal);
  }

  /** Gives back what a run held, once its encoder was submitted or given up. */
  release(hold: RunHold): void {
    // What was on a device that is no more is gone already.
    if (!this.device.alive) hold.textures.length = hold.buffers.length = 0;
    // Popped, because a list that is cut to nothing would have to grow again in the next frame.
    for (let lease = hold.textures.pop(); lease !== undefined; lease = hold.textures.pop()) this.textures.release(lease);
    for (let lease = hold.buffers.pop(); lease !== undefined; lease = hold.buffers.pop()) this.buffers.release(lease);
    hold.painted.length = 0;
    this.watchIdle();
  }

  /** Says that the encoder of a run was submitted. */
  submitted(hold: RunHold): void {
    for (const baked of hold.painted) baked.painted = true;
    this.release(hold);
    this.endFrame();
  }

  /** Keeps what a run holds until its foreign encoder is submitted, at the latest until the next task, and then calls `end`. */
  pin(hold: RunHold, end: () => void): { submitted(): void } {
    for (const lease of hold.textures) this.textures.retire(lease);
    for (const lease of hold.buffers) this.buffers.retire(lease);
    const slice = hold.uniforms;
    if (slice !== undefined) this.ring.pin(slice);
    let open = true;
    const submitted = (): void => {
      if (!open) return;
      open = false;
      end();
      if (!this.device.alive) return;
      for (const baked of hold.painted) baked.painted = true;
      for (const lease of hold.textures) this.textures.free(lease);
      for (const lease of hold.buffers) this.buffers.free(lease);
      if (slice !== undefined) this.ring.unpin(slice);
      this.endFrame();
    };
    setTimeout(submitted, 0);
    return { submitted };
  }

  /** Keeps the uniforms of a run from being overwritten by other frames while it waits for `answer` to be submitted. */
  async keepUniforms<T>({ uniforms }: RunHold, answer: Promise<T>): Promise<T> {
    if (uniforms !== undefined) this.ring.pin(uniforms);
    try {
      return await this.device.race(answer);
    } finally {
      if (uniforms !== undefined) this.ring.unpin(uniforms);
    }
  }

  /** Ends a frame: pools grow older, and a timer sees to them if no other frame comes. */
  endFrame(): void {
    this.account.endFrame();
    this.textures.endFrame();
    this.buffers.endFrame();
    this.watchIdle();
  }

  /** Sees to it that what is free does not stay so for ever. */
  watchIdle(): void {
    if (this.#idleTimer === undefined && this.account.pooled > 0 && this.device.alive) this.#scheduleIdle(this.#maxAgeMs);
  }

  #scheduleIdle(delay: number): void {
    this.#idleTimer = setTimeout(() => {
      this.#idleTimer = undefined;
      const now = performance.now();
      const due = Math.min(this.textures.evictIdle(now), this.buffers.evictIdle(now));
      this.device.flush();
      if (due < Infinity) this.#scheduleIdle(Math.max(due, 1));
    }, delay);
    // In Node a waiting timer would keep the process alive.
    (this.#idleTimer as { unref?: () => void }).unref?.();
  }

  /** Forgets everything, because the device is lost: to destroy it would be of no use. */
  abandon(): void {
    clearTimeout(this.#idleTimer);
    for (const temporary of this.temporaries) temporary.destroy();
    this.textures.abandon();
    this.buffers.abandon();
    this.ring.abandon();
    this.kernels.abandon();
    this.device.forgetAll();
  }

  /** Destroys everything nobody uses, or only what was last used before a time of `performance.now()`; returns the bytes. */
  trim(before: number = Infinity): number {
    const bytes = this.textures.trim(before) + this.buffers.trim(before);
    this.device.flush();
    return bytes;
  }

  destroy(why?: 'replaced'): void {
    clearTimeout(this.#idleTimer);
    for (const temporary of this.temporaries) temporary.destroy();
    this.baked.destroy();
    this.textures.destroy();
    this.buffers.destroy();
    this.ring.destroy();
    this.kernels.destroy();
    this.device.destroy(why);
  }
}
