import type { LineKernels } from '../core/deviceTraits.ts';
import type { Engine } from '../core/engine.ts';
import type { EvictionReason } from '../core/memoryAccount.ts';

/** A studio's GPU memory, in bytes. */
export interface MemoryMetrics {
  /** Held by frames in progress, and by baked and history textures. */
  live: number;
  /** Released, waiting for an encoder to be submitted. */
  pending: number;
  /** Free in the pools, ready for the next frame. */
  pooled: number;
  /** The most that plans have held at once, without `source`, `output`, `uniforms` and `staging`. `pipeline.estimate` says it for one pipeline before a frame runs. */
  peak: number;
  /** The most that may be held in all states together. */
  budget: number;
  /** Sources and their imports in use. */
  source: number;
  /** Results in use on their way to `read` or `toBlob`. */
  output: number;
  /** The uniform ring. */
  uniforms: number;
  /** Buffers that results are read back through, in use. */
  staging: number;
}

/** What a studio paints on. */
export interface AdapterFacts {
  /** What the driver calls itself, `''` where it does not say. */
  description: string;
  /** Whether it is the CPU that computes. */
  isFallback: boolean;
  /** How passes along rows and columns are divided on it. */
  lineKernels: LineKernels;
  /** Whether block kernels exchange values within subgroups there, which spares most barriers. */
  subgroups: boolean;
}

/** Plain numbers about a studio. */
export interface Metrics {
  /** The GPU, and what was chosen for it. */
  adapter: AdapterFacts;
  /** Frames painted. */
  frames: number;
  /** GPU objects made so far: textures, views, buffers, bind groups, pipelines. */
  created: number;
  /** Of those, destroyed or let go. */
  destroyed: number;
  /** Objects WebGPU forces anew each frame, as the view of a canvas's current texture. */
  transient: number;
  /** GPU memory, in bytes. */
  bytes: MemoryMetrics;
  /** Leases that found a free resource. */
  hits: number;
  /** Leases that had to make one. */
  misses: number;
  /** Free resources destroyed, by reason. */
  evictions: Record<EvictionReason, number>;
}

/** Reads the counters of an engine. */
export function readMetrics(engine: Engine, frames: number): Metrics {
  const { account, device } = engine;
  const { slots, ...lines } = account.leased;
  const { hits, misses, pending, pooled, peak, budget } = account;
  const { description = '', isFallbackAdapter = false } = (device.handle.adapterInfo as GPUAdapterInfo | undefined) ?? {};
  return { adapter: { description, isFallback: isFallbackAdapter, lineKernels: engine.traits.lineKernels, subgroups: engine.traits.subgroups }, frames, ...device.counters, bytes: { live: slots, pending, pooled, peak, budget, ...lines }, hits, misses, evictions: { ...account.evictions } };
}
