import clearRgba16float from '../../shaders/passes/clear.wgsl?rgba16float';
import clearRgba32float from '../../shaders/passes/clear.wgsl?rgba32float';
import clearR32float from '../../shaders/passes/clear.wgsl?r32float';
import clearRgba8unorm from '../../shaders/passes/clear.wgsl';
import type { Engine } from './engine.ts';
import { kernelKey, type ComputeKernel, type KernelConstants } from './kernelCache.ts';
import type { TexturePlace } from './plan.ts';
import type { ShaderModule, StorageFormat } from './shaderModule.ts';
import type { PooledTexture } from './texturePool.ts';

/** What a texture is filled with: zeros, or what shows at once that somebody reads what nobody wrote. */
export type Filling = 'zero' | 'poison';

const CLEAR: Readonly<Record<StorageFormat, ShaderModule>> = { rgba8unorm: clearRgba8unorm, rgba16float: clearRgba16float, r32float: clearR32float, rgba32float: clearRgba32float };
const CONSTANTS: Readonly<Record<Filling, KernelConstants>> = { zero: {}, poison: { POISON: 1 } };

function kernelOf({ kernels }: Engine, { key }: TexturePlace, filling: Filling): ComputeKernel | undefined {
  return kernels.compute(kernelKey(CLEAR[key.format], CONSTANTS[filling]));
}

/** Whether such a texture can be filled now. */
export function canClear(engine: Engine, place: TexturePlace, filling: Filling): boolean {
  return kernelOf(engine, place, filling) !== undefined;
}

/** Compiles what fills such a texture. */
export async function compileClear({ kernels }: Engine, { key }: TexturePlace, filling: Filling): Promise<void> {
  await kernels.compileCompute(CLEAR[key.format], CONSTANTS[filling]);
}

/** Records the filling of a texture. */
export function clearTexture(engine: Engine, encoder: GPUCommandEncoder, place: TexturePlace, { view }: PooledTexture, filling: Filling): void {
  const { pipeline, layout, shader } = kernelOf(engine, place, filling) as ComputeKernel;
  const group = engine.device.createBindGroup({ label: shader.label, layout, entries: [{ binding: 0, resource: view }] });
  // Nobody keeps it.
  engine.device.forget(1);
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(Math.ceil(place.key.width / shader.workgroupSize[0]), Math.ceil(place.key.height / shader.workgroupSize[1]));
  pass.end();
}
