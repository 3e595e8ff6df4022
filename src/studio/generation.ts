import type { ObjectCounters, Device } from '../core/device.ts';
import { readTraits, type LineKernels } from '../core/deviceTraits.ts';
import { Engine } from '../core/engine.ts';
import type { MemoryAccount } from '../core/memoryAccount.ts';
import type { PoolLimits } from '../core/pool.ts';
import { LentTextures } from '../io/source.ts';
import type { ConfiguredCanvases } from '../io/target.ts';
import { VideoLadder } from '../io/video.ts';

/** What a studio has on one GPU device. After a loss, or with another device, a new generation begins, and whatever belongs to an older one is made anew. */
export interface Generation {
  readonly engine: Engine;
  /** Views of textures that callers lent. */
  readonly lent: LentTextures;
  /** How videos come to it. */
  readonly videos: VideoLadder;
  /** Canvases that draw with this device. */
  readonly canvases: ConfiguredCanvases;
}

/** What stays from one generation to the next. */
export interface Lasting {
  readonly account: MemoryAccount;
  readonly counters: ObjectCounters;
  readonly limits: PoolLimits;
  readonly lineKernels: LineKernels | undefined;
  readonly poison: boolean;
}

/** Begins a generation on a device. */
export async function beginGeneration(device: Device, { account, limits, lineKernels, poison }: Lasting): Promise<Generation> {
  const engine = new Engine(device, await readTraits(device, lineKernels), account, limits, poison);
  return { engine, lent: new LentTextures(engine), videos: new VideoLadder(engine), canvases: new WeakMap() };
}
