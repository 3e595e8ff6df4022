import { createBufferPool, type BufferPool } from './bufferPool.ts';
import { BakedTextures } from './bakedTextures.ts';
import type { RunHold } from './compiledPlan.ts';
import type { Device } from './device.ts';
import type { DeviceTraits } from './deviceTraits.ts';
import { BudgetError } from './errors.ts';
import { KernelCache } from './kernelCache.ts';
import { MemoryAccount, megabytes } from './memoryAccount.ts';
import type { Plan } from './plan.ts';
import type { PoolLimits } from './pool.ts';
import { createTexturePool, type TexturePool } from './texturePool.ts';
import { UniformRing } from './uniformRing.ts';

/** How much GPU memory may be held, and for how long when nobody uses it. */
export interface MemoryLimits extends PoolLimits {
  /** Bytes in all states together. */
  readonly maxBytes: number;
}

/**
 * Everything on the GPU that plans share: pools, kernels, uniform ring, baked textures.
 * Owns: all of them. Owns the device's lifetime too: destroying the engine destroys the device if it is ours.
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
  readonly #maxAgeMs: number;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(device: Device, traits: DeviceTraits, limits: MemoryLimits) {
    this.device = device;
    this.traits = traits;
    this.account = new MemoryAccount(limits.maxBytes);
    this.textures = createTexturePool(device, this.account, limits);
    this.buffers = createBufferPool(device, this.account, limits);
    this.kernels = new KernelCache(device);
    this.ring = new UniformRing(device, this.account);
    this.baked = new BakedTextures(this.textures);
    this.#maxAgeMs = limits.maxAgeMs;
  }

  /**
   * Refuses a plan before anything is allocated.
   * @throws {@link BudgetError} where a buffer is larger than the device can bind, or `bytes` more are over the budget.
   */
  assertRoom(plan: Plan, bytes: number, what: string): void {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.handle.limits;
    const largest = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    if (plan.largestBuffer > largest) {
      throw new BudgetError(`${what} needs a buffer of ${megabytes(plan.largestBuffer)}, and this GPU device has at most ${megabytes(largest)}: give a smaller maxSize, or a device with a larger maxStorageBufferBindingSize`);
    }
    this.account.assertRoom(bytes, what);
  }

  /** Gives back what a run held, once its encoder was submitted or given up. */
  release(hold: RunHold): void {
    // Popped, because a list that is cut to nothing would have to grow again in the next frame.
    for (let lease = hold.textures.pop(); lease !== undefined; lease = hold.textures.pop()) this.textures.release(lease);
    for (let lease = hold.buffers.pop(); lease !== undefined; lease = hold.buffers.pop()) this.buffers.release(lease);
    hold.painted.length = 0;
  }

  /** Says that the encoder of a run was submitted. */
  submitted(hold: RunHold): void {
    for (const baked of hold.painted) baked.painted = true;
    this.release(hold);
    this.endFrame();
  }

  /** Keeps what a run holds until its foreign encoder is submitted, at the latest until the next task. */
  pin(hold: RunHold): { submitted(): void } {
    for (const lease of hold.textures) this.textures.retire(lease);
    for (const lease of hold.buffers) this.buffers.retire(lease);
    const slice = hold.uniforms;
    if (slice !== undefined) this.ring.pin(slice);
    let open = true;
    const submitted = (): void => {
      if (!open || !this.device.alive) return;
      open = false;
      for (const baked of hold.painted) baked.painted = true;
      for (const lease of hold.textures) this.textures.free(lease);
      for (const lease of hold.buffers) this.buffers.free(lease);
      if (slice !== undefined) this.ring.unpin(slice);
      this.endFrame();
    };
    setTimeout(submitted, 0);
    return { submitted };
  }

  /** Ends a frame: pools grow older, and a timer sees to them if no other frame comes. */
  endFrame(): void {
    this.textures.endFrame();
    this.buffers.endFrame();
    if (this.#idleTimer === undefined && this.account.pooled > 0) this.#scheduleIdle(this.#maxAgeMs);
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

  /** Destroys everything nobody uses, or only what was last used before a time of `performance.now()`; returns the bytes. */
  trim(before: number = Infinity): number {
    const bytes = this.textures.trim(before) + this.buffers.trim(before);
    this.device.flush();
    return bytes;
  }

  destroy(): void {
    clearTimeout(this.#idleTimer);
    this.baked.destroy();
    this.textures.destroy();
    this.buffers.destroy();
    this.ring.destroy();
    this.kernels.destroy();
    this.device.destroy();
  }
}
