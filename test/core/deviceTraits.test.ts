import { expect, test } from 'vitest';
import { Device } from '../../src/core/device.ts';
import { LINE_KERNELS, measureBarriers, readTraits } from '../../src/core/deviceTraits.ts';
import { createGpu } from '../../src/node/gpu.ts';
import { Studio } from '../../src/studio/studio.ts';
import { makeDevice } from '../support/studioTest.ts';

test('a studio says what it computes on, and takes the kernels it is told to', async () => {
  for (const lineKernels of LINE_KERNELS) {
    const studio = await Studio.create({ gpu: await createGpu(), lineKernels });
    expect(studio.metrics().adapter).toMatchObject({ lineKernels, description: expect.any(String), isFallback: expect.any(Boolean) });
    studio.destroy();
  }
  await expect(Studio.create({ lineKernels: 'blocks' as never })).rejects.toThrow('Studio.create: lineKernels is "blocks", must be one of serial, block');
});

test('a device that computes on the CPU gets line-serial kernels', async () => {
  const handle = await makeDevice();
  const pretended = (isFallbackAdapter: boolean): Device => new Device(Object.assign(Object.create(handle), { adapterInfo: { isFallbackAdapter }, features: handle.features, lost: handle.lost }) as GPUDevice, false, undefined);
  expect((await readTraits(pretended(true))).lineKernels).toBe('serial');
  handle.destroy();
});

test('measuring leaves nothing behind', async () => {
  const device = new Device(await makeDevice(), true, undefined);
  expect(await measureBarriers(device)).toBeGreaterThan(0);
  expect(device.counters.created).toBeGreaterThan(0);
  expect(device.counters.destroyed).toBe(device.counters.created);
  device.destroy();
});
