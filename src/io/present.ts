import shader from '../../shaders/passes/present.wgsl';
import type { ShaderModule } from '../core/shaderModule.ts';
import type { UniformValues } from '../core/uniforms.ts';
import type { PixelMap } from './placement.ts';

/** The full-screen pass that ends every look. */
export const presentShader: ShaderModule = shader;

/** The uniforms of one showing. */
export function presentUniforms(map: PixelMap, premultiply: boolean): UniformValues {
  return { toPicture: map.matrix, extent: map.extent, premultiply };
}
