import tonesKernel from '../../shaders/passes/drawingTones.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { flowDifferenceOfGaussians, lineResponse, type FlowResponse } from './flowDifferenceOfGaussians.ts';
import { levels } from './levels.ts';
import { reduce } from './reduce.ts';
import { structureTensor, type StructureTensor } from './structureTensor.ts';
import { tangentFlow } from './tangentFlow.ts';

/** What {@link lineField} is given; lengths in 768ths of the long side, see {@link drawingUnit}. */
export interface LineFieldOptions {
  /** Of the narrowest Gaussian: how thick the pen is. 1 where it is left out. */
  readonly sigma?: number;
  /** Of the mean along a line; 3.5 where it is left out. */
  readonly along?: number;
  /** Of the structure tensor; 2.2 where it is left out. */
  readonly tensorSigma?: number;
  /** The share of pixels that becomes black, and the share that stays below white; 0.01 and 0.97 where they are left out. */
  readonly low?: number;
  readonly high?: number;
}

/** Everything a drawing needs to know about a picture, in rgba16float. */
export interface LineField {
  /** Of the size of the picture. r calm: leveled lightness, smooth along the forms, [0, 1]; g fine and b broad: responses of lines of two widths in L* units (0 to 100), negative on dark lines. */
  readonly lines: TextureHandle;
  /** Of half the size: r the leveled plate that lines are found on, g leveled lightness, b lightness as it is, [0, 1]. */
  readonly tones: TextureHandle;
  /** Of `tangentFlow`: x, y and the anisotropy, of the size of the tensor; read it with `package::lib::tangentAt`. */
  readonly tangents: TextureHandle;
  /** The tensor that they are of, to be interpolated. */
  readonly flow: StructureTensor;
  /** Px in a unit of the drawing. */
  readonly unit: number;
}

/**
 * Pixels in a 768th of the long side, the unit of a drawing, with the lower bound that {@link ParamFacts} tells of. A drawing in units looks the same at 600 and at 2000 px when both are shown at
 * the same size.
 */
export function drawingUnit(graph: FrameGraph): number {
  return Math.max(SMALLEST_UNIT, graph.unit(768));
}

const SMALLEST_UNIT = 0.75;

/**
 * The front end of all drawings: directions, leveled tones, a version of lightness that is smooth along the forms, and flow-based differences of Gaussians at two widths, sigma and 2.2 sigma, without
 * threshold. Lines are found on a plate that is blind to red: red is dark there and green light, so that a red flower on leaves of its own lightness has an outline. Drawings of one graph that
 * ask for the same share it.
 *
 * Working space: sRGB code values in; CIE L* out. Cost: a tensor, of half the size from unit 1 on, one pass of tones, one of 18 taps across the flow and one of 14 along; 20 B/px of memory at most, 14 with what is returned.
 * @see H. Kang, S. Lee and C. K. Chui, "Coherent Line Drawing", NPAR 2007
 * @see H. Winnemöller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012
 *
 * @param source - straight rgb, sRGB code values in [0, 1]
 * @example
 * ```ts
 * const { lines, tangents } = lineField(graph, source, { sigma: 0.9 });
 * graph.compute(kernel, { inputs: { lines, tangents } });
 * ```
 */
export function lineField(graph: FrameGraph, source: TextureHandle, options: LineFieldOptions = {}): LineField {
  const { sigma = 1, along = 3.5, tensorSigma = 2.2 } = options;
  const unit = drawingUnit(graph);
  const flow = structureTensor(graph, source, { sigma: tensorSigma * unit, cut: CUT, resolution: unit < 1 ? 'full' : 'half', relaxation: RELAXATION });
  const tangents = tangentFlow(graph, flow, graph.sizeOf(flow.tensor));
  const full = drawingTones(graph, source, options);
  // Now, so that the full ones are not kept for it.
  const tones = reduce(graph, full, 2);
  const fine = Math.max(FINEST, sigma * unit);
  const responses: FlowResponse[] = [{ of: 'g', gaussians: [{ sigma: CALM * unit, weight: 1 }] }, lineResponse(fine), lineResponse(BROAD * fine)];
  const lines = flowDifferenceOfGaussians(graph, full, flow, responses, { along: along * unit, stride: Math.max(1, unit) });
  graph.inspect('tones', full, { channel: 'g' });
  graph.inspect('plate', full, { channel: 'r' });
  graph.inspect('calm', lines, { channel: 'r' });
  graph.inspect('lines', lines, { channel: 'g', scale: SHOWN, offset: 0.5 });
  graph.inspect('broad lines', lines, { channel: 'b', scale: SHOWN, offset: 0.5 });
  return { lines, tones, tangents, flow, unit };
}

/**
 * The tones that drawings are made of: r the leveled plate, blind to red, g leveled lightness L*. rgba16float in [0, 1].
 *
 * @param measured - the picture whose percentiles count, where it is another
 */
export function drawingTones(graph: FrameGraph, source: TextureHandle, { low = 0.01, high = 0.97 }: Pick<LineFieldOptions, 'low' | 'high'>, measured: TextureHandle = source): TextureHandle {
  const lightness = levels(graph, measured, { of: 'lightness', low, high });
  const plate = levels(graph, measured, { of: 'plate', low: 0.01, high: 0.99, gain: 0.7 });
  return graph.compute(tonesKernel, { inputs: { source, lightness, plate } });
}

/** Sigma of the calm tone across the flow, in units. */
const CALM = 0.8;
/** How much wider broad lines are. */
const BROAD = 2.2;
// In px: a narrower Gaussian is none.
const FINEST = 0.7;
const CUT = 2.5;
// Weak terms, so that there is a direction everywhere: edges ignore them, a sky follows them.
const RELAXATION = { scale: 3.5, gain: 0.06, rest: { angle: Math.PI / 4, weight: 1e-6 } };
// Of a response: from black to white.
const SHOWN = 1 / 20;
