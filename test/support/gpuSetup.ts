import { afterEach, expect } from 'vitest';
import { createGpu } from '../../src/node/gpu.ts';

/** What no device of a test may ever see: errors that nobody captured. Files of tests share a process, whose devices are watched once. */
const watched = globalThis as { uncaptured?: string[] };

if (watched.uncaptured === undefined) {
  const uncaptured: string[] = (watched.uncaptured = []);
  await createGpu();
  // The witness of the memory tests counts for devices that are made after it came.
  await import('webgpu-memory');
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor): Promise<GPUDevice> {
    const device = await requestDevice.call(this, descriptor);
    device.addEventListener('uncapturederror', (event) => {
      uncaptured.push(event.error.message);
      event.preventDefault();
    });
    return device;
  };
}

/** Takes what was seen so far out of the gate, for a test that makes such errors. */
export function takeUncaptured(): string[] {
  return watched.uncaptured?.splice(0) ?? [];
}

afterEach(() => {
  expect(takeUncaptured()).toEqual([]);
});
