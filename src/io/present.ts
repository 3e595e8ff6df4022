import shader from '../../shaders/passes/present.wgsl';
import copyShader from '../../shaders/passes/present.wgsl?copy';
import type { ShaderModule } from '../core/shaderModule.ts';
import type { UniformValues } from '../core/uniforms.ts';
import { mapsTexels, type PixelMap } from './placement.ts';

/** The full-screen pass that ends every look. */
export const presentShader: ShaderModule = shader;

/** What stands in for it on targets that show each texel as one pixel. */
export const presentCopyShader: ShaderModule = copyShader;

/** The cheaper of the two that serves. */
export function presentShaderFor(map: PixelMap): ShaderModule {
  return mapsTexels(map) ? presentCopyShader : presentShader;
}

/** The uniforms of one showing. */
export function presentUniforms(map: PixelMap, premultiply: boolean): UniformValues {
  return { toPicture: map.matrix, extent: map.extent, premultiply };
}
