import heightKernel from '../../shaders/looks/oilImpasto.wgsl';
import workedKernel from '../../shaders/looks/oilWorked.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { float } from '../core/params.ts';
import { flowGaussian } from '../passes/flowGaussian.ts';
import { gaussianBlur } from '../passes/gaussianBlur.ts';
import { noise } from '../passes/noise.ts';
import { oilPaint, oilPaintParams, type OilPaint, type OilPaintParams } from '../passes/oilPaint.ts';
import { paintLight } from '../passes/paintLight.ts';
import { tangentFlow } from '../passes/tangentFlow.ts';
import { weave } from '../passes/weave.ts';

/** Parameters of {@link oilImpasto}: those of `oil`, and the body of the paint. */
export interface OilImpastoParams extends OilPaintParams {
  /** Depth of the paint; 2 scars small faces. */
  relief: number;
  /** Glints of wet varnish on the ridges that face the light. */
  shine: number;
  /** How much of the cloth shows in the darks and thin places. */
  canvas: number;
  /** Where the light comes from, in degrees counter-clockwise from the right. Keep it in the upper half: from below, relief turns inside out to the eye. */
  lightAngle: number;
}

/**
 * Oil with body: the painting of `oil`, thick in the lights, thin in the darks and where the brush was fine, with the marks of the bristles, on canvas, lit from one side.
 *
 * Lengths grow with the picture, but for bristles and cloth, which would alias on small ones. Working space: sRGB code values, light on OKLab lightness. Alpha is not looked at:
 * transparent pixels carry a neighbour's colour.
 *
 * Cost: 38 passes. Memory with the result: 56 B/px (117 MB at 1920x1080), 8 of it cloth and bristles, which are painted once for a size and a seed.
 * @see A. Hertzmann, "Fast Paint Texture", NPAR 2002
 * @see B. Cabral and L. Leedom, "Imaging vector fields using line integral convolution", SIGGRAPH 1993 (the bristles)
 *
 * @example
 * ```ts
 * const painting = studio.pipeline(oilImpasto({ relief: 1.3, canvas: 0.8 }));
 * ```
 */
export const oilImpasto: Effect<OilImpastoParams> = defineEffect({
  name: 'oilImpasto',
  params: {
    ...oilPaintParams,
    relief: float(1, { min: 0, max: 2 }),
    shine: float(0.5, { min: 0, max: 1 }),
    canvas: float(0.5, { min: 0, max: 1.5 }),
    lightAngle: float(130, { min: 0, max: 360, unit: 'deg', label: 'Light from' }),
  },
  build(graph, { source }, { relief, shine, canvas, lightAngle, ...paint }) {
    const s = paint.size * graph.unit(1024);
    const painted = oilPaint(graph, source, paint, { raised: true });
    const height = bodyOf(graph, painted, { s, cloth: CLOTH * canvas, seed: paint.seed });
    graph.inspect('height', height);
    return paintLight(graph, painted.canvas, gaussianBlur(graph, height, { sigma: SMOOTHING, scalarOf: 'r' }), { gain: GAIN * relief, depth: DEPTH, glint: GLINT * shine, lightAngle });
  },
});

// In px, at any size: every pixel would glitter without it.
const SMOOTHING = 0.5;
const GAIN = 1.7;
const DEPTH = 0.24;
const GLINT = 0.14;
const CLOTH = 0.16;
// Px of a picture 1024 px long, and the least that does not alias.
const BRISTLE = { width: 1.7, least: 1.2, length: 10 };
const THREAD = { width: 4.2, least: 3.6 };
// Slopes of broad strokes are gentle, so paint is thicker on large pictures; below this it would vanish.
const REFERENCE_SIZE = 0.6;
const SMALLEST_SIZE = 0.45;
// Beside those of the strokes.
const BRISTLE_SEED = 40;
const CLOTH_SEED = 60;

function bodyOf(graph: FrameGraph, { canvas, flow, missed, left, tolerance }: OilPaint, { s, cloth, seed }: { readonly s: number; readonly cloth: number; readonly seed: number }): TextureHandle {
  const { width, height } = graph.sizeOf(canvas);
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const corrected = graph.compute(workedKernel, { inputs: { missed: missed.coarse, left: left.coarse }, params: { tolerance, missedTexel: missed.factor, leftTexel: left.factor }, size: half });
  const worked = gaussianBlur(graph, corrected, { sigma: (3 * s) / 2, scalarOf: 'r' });
  const hairs = noise(graph, [{ scale: Math.max(BRISTLE.least, BRISTLE.width * s), octaves: 1, corner: true, seed: seed + BRISTLE_SEED }]);
  const bristles = flowGaussian(graph, hairs, tangentFlow(graph, flow, half), { sigma: BRISTLE.length * s, stride: Math.max(1, 0.6 * s), scalarOf: 'r' });
  graph.inspect('worked', worked);
  return graph.compute(heightKernel, {
    inputs: { canvas, bristles, worked, cloth: weave(graph, Math.max(THREAD.least, THREAD.width * s), seed + CLOTH_SEED) },
    params: { body: Math.max(s, SMALLEST_SIZE) / REFERENCE_SIZE, cloth, workedTexel: 2 },
  });
}
