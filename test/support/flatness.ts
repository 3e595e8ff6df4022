import { getWebGPUMemoryUsage } from 'webgpu-memory';
import type { Look } from '../../src/core/effect.ts';
import { Studio } from '../../src/studio/studio.ts';
import type { Metrics } from '../../src/studio/metrics.ts';
import { scene } from './pictures.ts';
import { makeDevice, PATIENT } from './studioTest.ts';
import { makeTexture } from './textures.ts';

const WARM_UP = 10;

/** What was seen while the same looks painted many frames. */
export interface Flatness {
  /** Names what grew, or what was left after `destroy()`; empty for a library that keeps its promise. */
  readonly faults: readonly string[];
  readonly metrics: Metrics;
}

/** Paints `frames` frames of one size through several looks at once and watches our own counts, and those of an independent witness. */
export async function watchFlatness(looks: Readonly<Record<string, Look>>, frames: number, size: { width: number; height: number }): Promise<Flatness> {
  const device = await makeDevice();
  const studio = await Studio.create({ device, memory: PATIENT });
  const pipeline = studio.pipeline(looks);
  await pipeline.ready;
  const source = scene(size.width, size.height);
  const targets = Object.fromEntries(Object.keys(looks).map((name) => [name, makeTexture(device, size.width, size.height)]));
  const targetBytes = Object.values(targets).length * size.width * size.height * 4;
  const faults = new Set<string>();
  let warm: Metrics | undefined;
  while (!pipeline.render(source, targets)) await new Promise((resolve) => setTimeout(resolve));
  for (let frame = 1; frame < frames; frame++) {
    pipeline.render(source, targets);
    if (frame % WARM_UP === 0) await device.queue.onSubmittedWorkDone();
    const now = studio.metrics();
    if (frame === WARM_UP) warm = now;
    if (warm === undefined) continue;
    if (now.created !== warm.created) faults.add('created grows');
    if (now.bytes.live !== warm.bytes.live || now.bytes.pooled !== warm.bytes.pooled || now.bytes.pending !== warm.bytes.pending || now.bytes.source !== warm.bytes.source) faults.add('bytes move');
    if (now.bytes.peak !== warm.bytes.peak) faults.add('peak grows');
    if (witnessed(device) !== heldBytes(now) + targetBytes) faults.add('the witness counts other bytes');
  }
  const metrics = studio.metrics();
  studio.destroy();
  const after = studio.metrics();
  const { budget: _budget, peak: _peak, ...left } = after.bytes;
  if (Object.values(left).some((bytes) => bytes !== 0)) faults.add('bytes are left after destroy()');
  if (after.created !== after.destroyed) faults.add('objects are left after destroy()');
  if (witnessed(device) !== targetBytes) faults.add('the witness sees bytes left after destroy()');
  device.destroy();
  return { faults: [...faults].sort(), metrics };
}

function heldBytes({ bytes: { live, pending, pooled, source, output, uniforms, staging } }: Metrics): number {
  return live + pending + pooled + source + output + uniforms + staging;
}

function witnessed(device: GPUDevice): number {
  const { memory } = getWebGPUMemoryUsage(device);
  return memory.texture + memory.buffer;
}
