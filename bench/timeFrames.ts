import type { Sample } from './contestant.ts';
import { median } from './statistics.ts';

/** Records one frame on an encoder; what it returns is called when that was submitted. */
export type RecordFrame = (encoder: GPUCommandEncoder) => (() => void) | undefined;

const NANOSECONDS = 1e6;

/**
 * Submits `times` frames one after the other, waits for the last, and says what one took. An empty compute pass before and one behind each frame
 * write the GPU's timestamps when everything before them is done, so that frames in flight at the same time do not count as one another's.
 */
export async function timeFrames(device: GPUDevice, times: number, record: RecordFrame): Promise<Sample> {
  const stamps = device.features.has('timestamp-query') ? openStamps(device, 2 * times) : undefined;
  const usage = process.cpuUsage();
  const start = performance.now();
  for (let frame = 0; frame < times; frame++) {
    const encoder = device.createCommandEncoder();
    stamps?.stamp(encoder, 2 * frame);
    const submitted = record(encoder);
    stamps?.stamp(encoder, 2 * frame + 1);
    device.queue.submit([encoder.finish()]);
    submitted?.();
  }
  await device.queue.onSubmittedWorkDone();
  const wall = (performance.now() - start) / times;
  const { user, system } = process.cpuUsage(usage);
  const cpu = (user + system) / 1000 / times;
  return stamps === undefined ? { wall, cpu } : { wall, cpu, gpu: median(framesOf(await stamps.close())) };
}

interface Stamps {
  stamp(encoder: GPUCommandEncoder, index: number): void;
  /** All stamps in ns. */
  close(): Promise<BigUint64Array>;
}

function openStamps(device: GPUDevice, count: number): Stamps {
  const querySet = device.createQuerySet({ type: 'timestamp', count });
  return {
    stamp(encoder, index) {
      encoder.beginComputePass({ timestampWrites: { querySet, endOfPassWriteIndex: index } }).end();
    },
    async close() {
      const size = BigUint64Array.BYTES_PER_ELEMENT * count;
      const resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
      const staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
      const encoder = device.createCommandEncoder();
      encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
      device.queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ);
      const stamps = new BigUint64Array(staging.getMappedRange().slice(0));
      for (const used of [querySet, resolved, staging]) used.destroy();
      return stamps;
    },
  };
}

function framesOf(stamps: BigUint64Array): number[] {
  return Array.from({ length: stamps.length / 2 }, (_, frame) => Number((stamps[2 * frame + 1] as bigint) - (stamps[2 * frame] as bigint)) / NANOSECONDS);
}
