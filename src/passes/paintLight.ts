import kernel from '../../shaders/passes/paintLight.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** How paint is lit. */
export interface PaintLightOptions {
  /** Slope of the surface per px and unit of height. */
  readonly gain: number;
  /** How much of the lightness follows the light. */
  readonly depth: number;
  /** Strength of the glints on ridges that face the light, in OKLab lightness; 0 for none. */
  readonly glint?: number;
  /** Where the light comes from, in degrees counter-clockwise from the right; 130, the upper left, where it is left out. */
  readonly lightAngle?: number;
}

/**
 * Paint in a raking light: L (1 + depth (n·l / l.z - 1)) + glint clamp((n·h)^40 - 0.35), n the normal of the height. Flat paint stays as it is, and no hue shifts.
 *
 * Working space: OKLab lightness. Cost: one pass of 6 loads; 4 B/px of memory.
 * @see A. Hertzmann, "Fast Paint Texture", NPAR 2002
 *
 * @param canvas - rgb, sRGB code values
 * @param height - r, any range, of the same size; smooth it a little, or every pixel glitters
 * @returns rgba8unorm, alpha 1
 */
export function paintLight(graph: FrameGraph, canvas: TextureHandle, height: TextureHandle, { gain, depth, glint = 0, lightAngle = UPPER_LEFT }: PaintLightOptions): TextureHandle {
  return graph.compute(kernel, { inputs: { canvas, height }, params: { gain, depth, glint, light: lightFrom(lightAngle) } });
}

const UPPER_LEFT = 130;
// Height of the light over a horizontal part of 1: about 35 degrees.
const ELEVATION = 0.7;

function lightFrom(degrees: number): number[] {
  const angle = (degrees * Math.PI) / 180;
  const length = Math.hypot(1, ELEVATION);
  return [Math.cos(angle) / length, -Math.sin(angle) / length, ELEVATION / length];
}
