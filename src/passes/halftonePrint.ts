import fourInks from '../../shaders/passes/halftonePrint.wgsl';
import oneInk from '../../shaders/passes/halftonePrint.wgsl?single';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { colorToLinear } from '../core/params.ts';
import { coarseGaussianBlur, gaussianReach, type GaussianBlurOptions } from './gaussianBlur.ts';

/** What a halftone dot looks like. */
export type DotShape = 'round' | 'diamond' | 'line';

/** What {@link halftonePrint} is given. */
export interface HalftonePrintOptions {
  /** Four process inks, or one. */
  readonly mode: 'cmyk' | 'black';
  readonly shape: DotShape;
  /** Whether the areas are exact: round dots lose the rim that their soft edges add to them. A rim is also what ink makes on paper; other shapes have none. */
  readonly exact: boolean;
  /** Of the screens, in px; at least 3. */
  readonly period: number;
  /** Of the screens of cyan, magenta, yellow and black, in degrees from the x axis downwards. */
  readonly angles: readonly number[];
  /** Grey component replacement: how much of the grey that three inks have in common is printed in black instead, in [0, 1]. */
  readonly gcr: number;
  /** Dot gain: what a half-tone of 50 % gains, twice. */
  readonly gain: number;
  /** 0: dots of one size per area; 2/3: each dot has the outlines of the picture; 1: sharpened. */
  readonly sharp: number;
  /** The black ink, or the only one, `#rrggbb`. */
  readonly ink: string;
  readonly paper: string;
}

/**
 * A picture printed with halftone screens: see the effect `halftoneScreen`, which is this.
 *
 * Cost: two passes of a small blur and one; 20 B/px.
 *
 * @param source - rgb sRGB code values
 * @returns rgba8unorm, sRGB code values
 */
export function halftonePrint(graph: FrameGraph, source: TextureHandle, { mode, shape, exact, angles, gcr, gain, sharp, ink, paper, ...options }: HalftonePrintOptions): TextureHandle {
  const period = Math.max(options.period, SMALLEST_PERIOD);
  const { coarse, factor } = coarseGaussianBlur(graph, source, blurOf(period));
  const turns = angles.map((angle) => (angle * Math.PI) / 180);
  return graph.compute(mode === 'black' ? oneInk : fourInks, {
    inputs: { source, blurred: coarse },
    params: {
      origin: graph.frame.origin,
      factor, period, exact, sharp, gcr, gain,
      shape: SHAPES.indexOf(shape),
      cosines: turns.map(Math.cos),
      sines: turns.map(Math.sin),
      paper: colorToLinear(paper),
      inks: [...PROCESS_INKS, ink].flatMap(colorToLinear),
    },
  });
}

/** How many px beyond its own a pixel of the print depends on. */
export function halftoneReach(period: number): number {
  return gaussianReach(blurOf(Math.max(period, SMALLEST_PERIOD))).reach;
}

function blurOf(period: number): GaussianBlurOptions {
  return { sigma: BLUR * period };
}

// Finer screens alias: pixels cannot show them.
const SMALLEST_PERIOD = 3;
// Standard deviation of the blur of which dots are made, in periods.
const BLUR = 0.35;
/** In the order of shaders/passes/halftonePrint.wgsl. */
const SHAPES: readonly DotShape[] = ['round', 'diamond', 'line'];
/** Cyan, magenta and yellow about as Fogra39 measured them on coated paper. */
const PROCESS_INKS = ['#009ee0', '#e2007a', '#ffed00'];
