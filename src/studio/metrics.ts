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
  /** Objects WebGPU forces anew each frame: the view of a canvas's current texture, what a video is sampled from, and the bind group that holds that. */
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

/** Fills `into` with what an engine counts. */
export function readMetrics({ account, device, traits }: Engine, frames: number, into: Metrics): Metrics {
  const { adapter, bytes, evictions } = into;
  adapter.description = device.adapter.description;
  adapter.isFallback = device.adapter.isFallback;
  adapter.lineKernels = traits.lineKernels;
  adapter.subgroups = traits.subgroups;
  into.frames = frames;
  into.created = device.counters.created;
  into.destroyed = device.counters.destroyed;
  into.transient = device.counters.transient;
  bytes.live = account.leased.slots;
  bytes.pending = account.pending;
  bytes.pooled = account.pooled;
  bytes.peak = account.peak;
  bytes.budget = account.budget;
  bytes.source = account.leased.source;
  bytes.output = account.leased.output;
  bytes.uniforms = account.leased.uniforms;
  bytes.staging = account.leased.staging;
  into.hits = account.hits;
  into.misses = account.misses;
  evictions.age = account.evictions.age;
  evictions.budget = account.evictions.budget;
  evictions.trim = account.evictions.trim;
  return into;
}

/** A record to be filled. */
export function emptyMetrics(): Metrics {
  return {
    adapter: { description: '', isFallback: false, lineKernels: 'serial', subgroups: false },
    frames: 0,
    created: 0,
    destroyed: 0,
    transient: 0,
    bytes: { live: 0, pending: 0, pooled: 0, peak: 0, budget: 0, source: 0, output: 0, uniforms: 0, staging: 0 },
    hits: 0,
    misses: 0,
    evictions: { age: 0, budget: 0, trim: 0 },
  };
}
