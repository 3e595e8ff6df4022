import { acquireDevice, type Device, type DeviceOptions } from '../core/device.ts';
import { DestroyedError, DeviceLostError, GpuError, InputError } from '../core/errors.ts';
import { beginGeneration, type Generation, type Lasting } from './generation.ts';

/** How a studio comes back after its GPU device was lost. */
export interface RecoveryLimits {
  /** Whether it asks for another device by itself; `true` by default. A device of yours is never replaced without you. */
  readonly auto: boolean;
  /** How many losses within `windowMs` it recovers from, 3 by default; after one more it gives up, because something loses devices as fast as they come. */
  readonly maxLosses: number;
  /** Milliseconds, 60 000 by default. */
  readonly windowMs: number;
}

/** What becomes of a studio whose device was lost: `recovering` by itself, `waiting` for {@link Studio.setDevice}, or `failed`. */
export type LossState = 'recovering' | 'waiting' | 'failed';

/** What the studio tells the world. */
export interface KeeperEvents {
  lost(reason: string, state: LossState): void;
  restored(): void;
  refused(error: GpuError): void;
}

/** Before each try to get another device, in milliseconds. */
const BACK_OFF = [0, 250, 1000] as const;

/**
 * Keeps a studio on a device that works. One recovery runs at a time; calls that can wait do.
 * Owns: the generation in use, and the device where it asked for it.
 */
export class DeviceKeeper {
  readonly #options: DeviceOptions;
  readonly #lasting: Lasting;
  readonly #recovery: RecoveryLimits;
  readonly #events: KeeperEvents;
  /** Called when another device is in use. */
  readonly restored: Set<() => void> = new Set();
  #generation: Generation;
  #state: 'steady' | LossState | 'destroyed' = 'steady';
  #reason = '';
  #losses: number[] = [];
  #restoring: Promise<void> = Promise.resolve();

  constructor(first: Generation, options: DeviceOptions, lasting: Lasting, recovery: RecoveryLimits, events: KeeperEvents) {
    this.#generation = first;
    this.#options = options;
    this.#lasting = lasting;
    this.#recovery = recovery;
    this.#events = events;
    this.#follow(first);
  }

  /** The generation in use, or the one that was lost. */
  get generation(): Generation {
    return this.#generation;
  }

  /** Whether another device is being asked for. */
  get recovering(): boolean {
    return this.#state === 'recovering';
  }

  /** @throws {@link DestroyedError}, or {@link DeviceLostError} where nothing will come back by itself. */
  assertUsable(): void {
    if (this.#state === 'destroyed') throw new DestroyedError('this studio was destroyed; make a new one');
    if (this.#state === 'waiting') throw new DeviceLostError(`the GPU device was lost (${this.#reason}); give the studio another with setDevice()`);
    if (this.#state === 'failed') throw new DeviceLostError(`the GPU device was lost (${this.#reason}) and could not be replaced; reload the page or make a new studio later`, { recoverable: false });
  }

  /** Waits while another device is asked for. */
  async usable(): Promise<void> {
    while (this.recovering) await this.#restoring;
    this.assertUsable();
  }

  #follow(generation: Generation): void {
    const { handle, owned } = generation.engine.device;
    // A device of the caller's gets no listener: its errors are the caller's business.
    if (owned) handle.addEventListener('uncapturederror', (event) => this.#onError(event));
    void generation.engine.device.lost.then((reason) => this.#onLoss(generation, reason));
  }

  #onError(event: GPUUncapturedErrorEvent): void {
    // Else browsers write it to the console.
    event.preventDefault();
    this.tellRefusal(event.error);
  }

  /** Tells of something that the GPU refused when no call could tell of it any more. */
  tellRefusal(cause: { readonly message: string }): void {
    this.#events.refused(new GpuError(`the GPU refused something (${cause.message}); report it where it happens each time`, { cause }));
  }

  #onLoss(generation: Generation, reason: string): void {
    generation.engine.abandon();
    if (generation !== this.#generation || this.#state === 'destroyed') return;
    this.#reason = reason;
    const now = performance.now();
    this.#losses = [...this.#losses.filter((time) => now - time < this.#recovery.windowMs), now];
    const gaveUp = !this.#recovery.auto || this.#losses.length > this.#recovery.maxLosses;
    this.#state = !generation.engine.device.owned ? 'waiting' : gaveUp ? 'failed' : 'recovering';
    // Begun before anybody is told, so that a listener may already wait for it.
    if (this.#state === 'recovering') this.#restoring = this.#restore(generation);
    this.#events.lost(reason, this.#state);
  }

  async #restore(lost: Generation): Promise<void> {
    for (const delay of BACK_OFF) {
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      if (this.#state !== 'recovering') return;
      if (await this.#tryDevice(lost)) return;
    }
    if (this.#state !== 'recovering') return;
    this.#state = 'failed';
    this.#events.lost(this.#reason, 'failed');
  }

  async #tryDevice(lost: Generation): Promise<boolean> {
    try {
      const generation = await this.#begin(await acquireDevice(this.#options, this.#lasting.counters), lost);
      // Destroyed meanwhile.
      if (this.#state !== 'recovering') end(generation);
      else this.#use(generation);
      return true;
    } catch {
      return false;
    }
  }

  /** A generation that has the kernels of the last one and was seen to work. */
  async #begin(device: Device, last: Generation): Promise<Generation> {
    let generation: Generation | undefined;
    try {
      // One that was lost before says so by now.
      device.assertAlive();
      generation = await beginGeneration(device, this.#lasting);
      await last.engine.kernels.repeatIn(generation.engine.kernels);
      await device.probe();
      return generation;
    } catch (error) {
      if (generation !== undefined) end(generation);
      else device.destroy();
      throw error;
    }
  }

  #use(generation: Generation): void {
    this.#generation = generation;
    this.#state = 'steady';
    this.#follow(generation);
    for (const tell of this.restored) tell();
    this.#events.restored();
  }

  /**
   * Goes on with another borrowed device, after a loss or just so.
   * @throws {@link InputError} where the studio has a device of its own, or `handle` is none.
   */
  async setDevice(handle: GPUDevice): Promise<void> {
    const last = this.#generation;
    if (this.#state === 'destroyed') this.assertUsable();
    if (last.engine.device.owned) throw new InputError('this studio has a GPU device of its own and replaces it by itself; make a studio with { device } to choose it');
    if (typeof (handle as GPUDevice | null)?.createTexture !== 'function') throw new InputError('setDevice: this is no GPUDevice; give one that is not lost');
    const generation = await this.#begin(await acquireDevice({ ...this.#options, device: handle }, this.#lasting.counters), last);
    if ((this.#state as string) === 'destroyed') return end(generation);
    if (this.#generation !== last) {
      end(generation);
      throw new InputError('setDevice: another call gave a device meanwhile; wait for one before the next');
    }
    if (last.engine.device.alive) end(last, 'replaced');
    this.#use(generation);
  }

  destroy(): void {
    this.#state = 'destroyed';
    // A lost one was abandoned.
    if (this.#generation.engine.device.alive) end(this.#generation);
  }
}

function end({ engine, lent }: Generation, why?: 'replaced'): void {
  if (!engine.device.alive) return engine.abandon();
  lent.destroy();
  engine.destroy(why);
}
