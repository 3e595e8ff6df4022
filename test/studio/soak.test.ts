import { afterEach, describe, expect, vi } from 'vitest';
import { Pool } from '../../src/core/pool.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { Studio } from '../../src/studio/studio.ts';
import { residentBytes } from '../support/gpuProcess.ts';
import { drawnSizes, faultsOf, IS_LONG, keepCurve, SOAK, type MemorySample } from '../support/memoryCurve.ts';
import { makeDevice, test } from '../support/studioTest.ts';
import { makeTexture } from '../support/textures.ts';

const BUDGET = 32e6;
/** Frames that are enough to see a library that leaks. */
const FEW = 150;

/** Paints frames of random sizes and looks at the memory now and then. */
async function soak(frames: number): Promise<MemorySample[]> {
  const device = await makeDevice();
  const studio = await Studio.create({ device, memory: { maxBytes: BUDGET } });
  const pipeline = studio.pipeline(adjust({ contrast: 1.1 }));
  await pipeline.ready;
  const target = makeTexture(device, 480, 270);
  const source = { data: new Uint8ClampedArray(480 * 270 * 4).fill(128), width: 480, height: 270 };
  const samples: MemorySample[] = [];
  const resident = async (): Promise<number> => {
    await device.queue.onSubmittedWorkDone();
    // What was destroyed returns at a submit.
    device.queue.submit([]);
    globalThis.gc?.();
    return residentBytes(process.pid);
  };
  for (const [frame, crop] of drawnSizes(frames).entries()) {
    while (!pipeline.render(source, target, { crop: { x: 0, y: 0, ...crop } })) await new Promise((resolve) => setTimeout(resolve));
    if (frame % SOAK.every !== 0) continue;
    const { live, pending, pooled, source: sources, uniforms } = studio.metrics().bytes;
    samples.push({ frame, resident: await resident(), held: live + pending + pooled + sources + uniforms });
  }
  studio.destroy();
  device.destroy();
  return samples;
}

afterEach(() => void vi.restoreAllMocks());

// In the short form the counts of memory.test.ts, to the byte, say more than what a process holds that also runs JavaScript.
describe.runIf(IS_LONG)(`${SOAK.frames} frames of random sizes`, () => {
  test('leave the memory of the process where it was', async () => {
    const samples = await soak(SOAK.frames);
    if (IS_LONG) keepCurve('node', samples);
    expect(faultsOf(samples, undefined, BUDGET, SOAK)).toEqual([]);
  }, 3_600_000);

  test('a library that never gives anything up is seen', async () => {
    vi.spyOn(Pool.prototype, 'endFrame').mockImplementation(() => {});
    vi.spyOn(Pool.prototype, 'evictOldest').mockImplementation(() => {});
    vi.spyOn(Pool.prototype, 'evictIdle').mockImplementation(() => Infinity);
    vi.spyOn(Pool.prototype, 'oldestFree').mockImplementation(() => Infinity);
    const samples = await soak(FEW);
    expect(faultsOf(samples, undefined, BUDGET, { ...SOAK, warmUp: 50 })).not.toEqual([]);
  });

  test('a library that keeps the memory of what it destroys is seen', async () => {
    const kept: GPUTexture[] = [];
    vi.spyOn(GPUTexture.prototype, 'destroy').mockImplementation(function (this: GPUTexture) {
      kept.push(this);
      return undefined;
    });
    const samples = await soak(FEW);
    expect(faultsOf(samples, undefined, BUDGET, { ...SOAK, warmUp: 50 })).not.toEqual([]);
    kept.length = 0;
  });
});
