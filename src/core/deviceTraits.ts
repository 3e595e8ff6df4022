import barrierKernel from '../../shaders/passes/barrierProbe.wgsl?barriers';
import plainKernel from '../../shaders/passes/barrierProbe.wgsl';
import type { Device } from './device.ts';
import { KernelCache, type ComputeKernel } from './kernelCache.ts';

/**
 * How a pass along rows or columns is divided. `serial`: one invocation for each line or piece of a line. `block`: one workgroup for each line,
 * whose invocations exchange partial sums. Both give the same picture within one level of 255, but for single pixels of box means
 * (`normalizedConvolution`), where a last bit decides whether a neighbour is still in the box.
 */
export type LineKernels = 'serial' | 'block';
/** Both of them. */
export const LINE_KERNELS: readonly LineKernels[] = ['serial', 'block'];

/** What passes choose their kernels by. */
export interface DeviceTraits {
  readonly lineKernels: LineKernels;
  /** Whether invocations of a subgroup can read each other's values, and know which subgroup they are in. */
  readonly subgroups: boolean;
}

/** What runs on every device. */
export const PLAINEST_TRAITS: DeviceTraits = { lineKernels: 'serial', subgroups: false };

const WORKGROUPS = 8;
const ROUNDS = 3;
/** A GPU comes out near 1, because a barrier costs it some cycles; SwiftShader, which leaves and resumes every invocation at each barrier, near 9. */
const DEAR_RATIO = 3;

const known = new WeakMap<GPUDevice, Promise<LineKernels>>();

/** Finds out what suits a device: by what it says, else by a measurement of some milliseconds, once for it. `forced` takes the place of that. */
export async function readTraits(device: Device, forced?: LineKernels): Promise<DeviceTraits> {
  // Kernels number the invocations of a workgroup along its subgroups, and need this extension of WGSL for it.
  const subgroups = device.handle.features.has('subgroups') && device.languageFeatures.has('subgroup_id');
  if (forced !== undefined) return { lineKernels: forced, subgroups };
  let measured = known.get(device.handle);
  if (measured === undefined) {
    // What computes on the CPU says so, and a busy CPU is a bad place to measure.
    const isFallback = (device.handle.adapterInfo as GPUAdapterInfo | undefined)?.isFallbackAdapter === true;
    measured = isFallback ? Promise.resolve('serial') : measureBarriers(device).then((ratio) => (ratio > DEAR_RATIO ? 'serial' : 'block'));
    known.set(device.handle, measured);
    // It can be measured again.
    measured.catch(() => known.delete(device.handle));
  }
  return { lineKernels: await measured, subgroups };
}

/** How much longer the same work takes with barriers: the least times of a few rounds in turn. */
export async function measureBarriers(device: Device): Promise<number> {
  const kernels = new KernelCache(device);
  const buffer = device.createBuffer({ label: 'atelier probe', size: WORKGROUPS * 4, usage: GPUBufferUsage.STORAGE });
  try {
    const [plain, barriers] = await Promise.all([kernels.compileCompute(plainKernel, {}), kernels.compileCompute(barrierKernel, {})]);
    let [withoutThem, withThem] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round++) {
      withoutThem = Math.min(withoutThem, await timeOf(device, plain, buffer));
      withThem = Math.min(withThem, await timeOf(device, barriers, buffer));
    }
    return withThem / withoutThem;
  } finally {
    buffer.destroy();
    // One object destroyed; the kernels count their own.
    device.forget(1);
    kernels.destroy();
  }
}

async function timeOf(device: Device, { pipeline, layout }: ComputeKernel, buffer: GPUBuffer): Promise<number> {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer } }] }));
  pass.dispatchWorkgroups(WORKGROUPS);
  pass.end();
  const start = performance.now();
  device.submit(device.finish(encoder));
  await device.race(device.handle.queue.onSubmittedWorkDone());
  // The bind group.
  device.forget(1);
  return performance.now() - start;
}
