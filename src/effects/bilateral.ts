import cellsKernel from '../../shaders/effects/bilateralCells.wgsl';
import exactKernel from '../../shaders/effects/bilateral.wgsl';
import packCellsKernel from '../../shaders/passes/packCells.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { BufferHandle, FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { choice, float } from '../core/params.ts';

/** Parameters of {@link bilateral}. */
export interface BilateralParams {
  /** `exact` weighs every pixel of the window; `fast` only the nearest, and the rest in cells of 2 x 2 or 4 x 4 pixels. */
  quality: 'exact' | 'fast';
  /** Difference of colour that still counts as alike: |dr| + |dg| + |db| in code values; OpenCV's `sigmaColor` is 255 times this. */
  sigmaColor: number;
  /** Reach in px. The window is a disc of 1.5 times this. */
  sigmaSpace: number;
}

export const bilateral: Effect<BilateralParams> = defineEffect({
  name: 'bilateral',
  params: {
    quality: choice('fast', ['exact', 'fast'], { rebuilds: true }),
    sigmaColor: float(0.2, { min: 0.001, max: 1, label: 'Edge tolerance' }),
    sigmaSpace: float(4, { min: 0.5, max: 16, unit: 'px', rebuilds: true, label: 'Reach' }),
  },
  build(graph, { source }, { quality, sigmaColor, sigmaSpace }) {
    const radius = Math.max(1, roundHalfToEven(1.5 * sigmaSpace));
    const weights = { color: steepness(sigmaColor), space: steepness(sigmaSpace) };
    const factor = quality === 'exact' ? 1 : cellFor(radius);
    const { width, height } = graph.sizeOf(source);
    if (factor === 1) {
      // An invocation may read as many pixels past the right edge as it has outputs there.
      const { cells, ...layout } = packCells(graph, source, 1, radius + OUTPUTS - 1);
      return graph.compute(exactKernel, { inputs: { cells }, params: { ...weights, ...layout, radius }, size: { width, height }, invocations: [Math.ceil(width / OUTPUTS), height] });
    }
    const { cells, ...layout } = packCells(graph, source, factor, Math.ceil(radius / factor) + 1);
    return graph.compute(cellsKernel, {
      inputs: { source, cells },
      params: { ...weights, ...layout, radius: Math.sqrt((WIDER * pixelsWithin(radius)) / Math.PI), factor },
      invocations: [Math.ceil(width / BLOCK), Math.ceil(height / BLOCK)],
    });
  },
});

/** Outputs in a row of one invocation of the exact kernel. */
const OUTPUTS = 4;
/** Rows and columns of outputs of one invocation of the fast kernel. */
const BLOCK = 2;
const HALVE_FROM = 3;
const QUARTER_FROM = 12;
const WIDER = 1.05;

function cellFor(radius: number): number {
  if (radius < HALVE_FROM) return 1;
  return radius < QUARTER_FROM ? 2 : 4;
}

interface PackedCells {
  readonly cells: BufferHandle;
  readonly margin: number;
  readonly width: number;
}

function packCells(graph: FrameGraph, source: TextureHandle, factor: number, margin: number): PackedCells {
  const size = graph.sizeOf(source);
  const width = Math.ceil(size.width / factor) + 2 * margin;
  const height = Math.ceil(size.height / factor) + 2 * margin;
  const cells = graph.buffer(4 * width * height);
  graph.computeAll(packCellsKernel, { inputs: { source, cells }, params: { factor, margin, width, height }, invocations: [width, height] });
  return { cells, margin, width };
}

/** The factor of a squared distance in a weight, as `package::lib::bilateral` takes it. */
function steepness(sigma: number): number {
  return 1 / (32 * sigma * sigma);
}

function pixelsWithin(radius: number): number {
  let count = 0;
  for (let y = -radius; y <= radius; y++) count += 2 * Math.floor(Math.sqrt(radius * radius - y * y)) + 1;
  return count;
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
