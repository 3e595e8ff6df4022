import { framesFor } from './interleave.ts';
import { timeFrames } from './timeFrames.ts';

/** What the adapter can do at most, as measured. */
export interface Roofline {
  /** GB/s of a copy between two buffers, bytes read and bytes written both counted. */
  readonly bandwidth: number;
  /** GFLOP/s of independent multiply-adds, each two. */
  readonly arithmetic: number;
}

/** What a frame must at least move and compute. */
export interface Work {
  readonly bytes: number;
  readonly flop: number;
}

const WORKGROUP = 128;
const WORKGROUPS_IN_ROW = 256;
const ROW = WORKGROUP * WORKGROUPS_IN_ROW;
const BYTES = 16;
const ROUNDS = 1024;
const CHAINS = 8;
const FLOP = ROUNDS * CHAINS * 4 * 2;
const TRIES = 5;

const CODE = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> here: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> there: array<vec4f>;

fn index(id: vec3u) -> u32 { return id.y * ${ROW} + id.x; }

@compute @workgroup_size(${WORKGROUP})
fn fill(@builtin(global_invocation_id) id: vec3u) {
  let i = index(id);
  here[i] = fract(vec4f(vec4u(i) * vec4u(2654435761, 2246822519, 3266489917, 668265263)) * 0x1p-24);
}

@compute @workgroup_size(${WORKGROUP})
fn copy(@builtin(global_invocation_id) id: vec3u) {
  there[index(id)] = here[index(id)];
}

@compute @workgroup_size(${WORKGROUP})
fn multiplyAdd(@builtin(global_invocation_id) id: vec3u) {
  let factor = here[index(id)];
  let term = here[index(id) ^ 1];
  ${chains((i) => `var x${i} = factor + ${i};`)}
  for (var round = 0; round < ${ROUNDS}; round++) {
    ${chains((i) => `x${i} = x${i} * factor + term;`)}
  }
  there[index(id)] = ${Array.from({ length: CHAINS }, (_, i) => `x${i}`).join(' + ')};
}
`;

function chains(line: (i: number) => string): string {
  return Array.from({ length: CHAINS }, (_, i) => line(i)).join('\n  ');
}

/** Measures the adapter: the best of several tries, because a ceiling is what nothing gets above. */
export async function measureRoofline(device: GPUDevice, isFallback: boolean): Promise<Roofline> {
  // Larger than any cache, and on a GPU in software no longer than a breath.
  const rows = isFallback ? 32 : Math.floor(Math.min(device.limits.maxStorageBufferBindingSize, 2 ** 28) / (ROW * BYTES));
  const size = rows * ROW * BYTES;
  const [here, there] = [0, 1].map(() => device.createBuffer({ size, usage: GPUBufferUsage.STORAGE })) as [GPUBuffer, GPUBuffer];
  const module = device.createShaderModule({ code: CODE });
  const layout = device.createBindGroupLayout({ entries: [0, 1].map((binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'storage' as const } })) });
  const group = device.createBindGroup({ layout, entries: [here, there].map((buffer, binding) => ({ binding, resource: { buffer } })) });
  const leastTime = async (entryPoint: string, columns: number, rows: number): Promise<number> => {
    const pipeline = await device.createComputePipelineAsync({ layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }), compute: { module, entryPoint } });
    const time = async (frames: number): Promise<number> => {
      const { wall, gpu } = await timeFrames(device, frames, (encoder) => {
        const pass = encoder.beginComputePass();
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(columns, rows);
        pass.end();
        return undefined;
      });
      return gpu ?? wall;
    };
    const frames = framesFor(await time(1));
    const times: number[] = [];
    for (let attempt = 0; attempt < TRIES; attempt++) times.push(await time(frames));
    return Math.min(...times);
  };
  await leastTime('fill', WORKGROUPS_IN_ROW, rows);
  const bandwidth = (2 * size) / 1e6 / (await leastTime('copy', WORKGROUPS_IN_ROW, rows));
  const [columns, busyRows] = isFallback ? [32, 1] : [WORKGROUPS_IN_ROW, Math.min(rows, 32)];
  const arithmetic = (columns * busyRows * WORKGROUP * FLOP) / 1e6 / (await leastTime('multiplyAdd', columns, busyRows));
  here.destroy();
  there.destroy();
  return { bandwidth, arithmetic };
}

/** The part of the possible speed that `ms` for this work is: 1 is the ceiling, of memory or of arithmetic, whichever is lower. */
export function shareOfRoofline({ bytes, flop }: Work, ms: number, { bandwidth, arithmetic }: Roofline): number {
  return Math.max(bytes / bandwidth, flop / arithmetic) / 1e6 / ms;
}
