import kernel from '../../shaders/passes/importSource.wgsl';
import copyKernel from '../../shaders/passes/importSource.wgsl?copy';
import videoKernel from '../../shaders/passes/importSource.wgsl?external';
import type { FrameGraph, Size, TextureHandle } from '../core/frameGraph.ts';
import type { ShaderModule } from '../core/shaderModule.ts';
import type { UniformValues } from '../core/uniforms.ts';
import { createPixelMap, mapsTexels, mapToSource, type PixelMap } from './placement.ts';

/** The kernel that brings a picture to the working size. */
export const importKernel: ShaderModule = kernel;

/** How far the import looks for the colour of a transparent pixel, in px of the picture it makes; as in the kernel. */
export const IMPORT_REACH = 64;

/** What stands in for it where a source keeps its texels. */
export const importCopyKernel: ShaderModule = copyKernel;

/** What stands in for it where the source is a video frame that is sampled where it lies. */
export const importVideoKernel: ShaderModule = videoKernel;

/** The cheaper of the two that serves a texture. */
export function importKernelFor(map: PixelMap, linear: boolean): ShaderModule {
  return mapsTexels(map) && !linear ? importCopyKernel : importKernel;
}

/** Records the import of the external picture `name`; its uniforms are written each frame. */
export function importSource(graph: FrameGraph, name: string, size: Size = graph.size): TextureHandle {
  return graph.compute(importKernel, { inputs: { raw: graph.external(name, size) }, into: graph.imported(name, size), params: importUniforms(createPixelMap(), false, size) });
}

/** Records the import of a picture that was imported larger, at the working size. */
export function importSmaller(graph: FrameGraph, larger: TextureHandle, name: string): TextureHandle {
  const map = createPixelMap();
  const size = graph.sizeOf(larger);
  mapToSource(size, graph.size, {}, map);
  return graph.compute(importKernel, { inputs: { raw: larger }, into: graph.imported(name), params: importUniforms(map, false, size) });
}

/** The uniforms of one import of a source that `map` takes to be of `size`. */
export function importUniforms(map: PixelMap, linear: boolean, { width, height }: Size): UniformValues {
  return { toSource: map.matrix, extent: map.extent, encode: linear, size: [width, height] };
}
