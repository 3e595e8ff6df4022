import { afterEach, expect } from 'vitest';
import { createGpu } from '../../src/node/gpu.ts';

// The gate of the whole run: no device a test makes may ever see an error that nobody captured.
const uncaptured: string[] = [];

await createGpu();
const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor): Promise<GPUDevice> {
  const device = await requestDevice.call(this, descriptor);
  device.addEventListener('uncapturederror', (event) => {
    uncaptured.push(event.error.message);
    event.preventDefault();
  });
  return device;
};

/** Takes what was seen so far out of the gate, for a test that makes such errors. */
export function takeUncaptured(): string[] {
  return uncaptured.splice(0);
}

afterEach(() => {
  expect(takeUncaptured()).toEqual([]);
});
