import kernel from '../../shaders/passes/paper.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** What a sheet is made like. */
export interface PaperOptions {
  /** Size of the tooth relative to that of ordinary drawing paper. */
  readonly tooth: number;
  /** How much of the surface is fibres rather than felt marks, in [0, 1]. */
  readonly fibres: number;
  readonly seed: number;
}

/**
 * A sheet of paper as large as the picture: rgba8unorm, r the height of its tooth (nearly uniform in [0, 1]), g the flow of water over it (in [0, 1] about 0.5), b 0, a 1.
 * It is a sheet for washes; that for dry media is `drawingPaper`, whose tooth is plainer and grows as the strokes on it do.
 *
 * The tooth is physical: it grows with the picture, but slower. Cost: one pass in the first frame that needs it, none after; 4 B/px,
 * shared by all looks that ask for the same sheet.
 */
export function paper(graph: FrameGraph, { tooth, fibres, seed }: PaperOptions): TextureHandle {
  const s = graph.unit(1024);
  const uniforms = { origin: graph.frame.origin, tooth: tooth * toothPixels(s), fibres, flow: FLOW * s, seed };
  return graph.baked(`paper tooth ${tooth} fibres ${fibres} seed ${seed}`, 'rgba8unorm', graph.size, (into) => graph.compute(kernel, { into, params: uniforms }));
}

// Of a picture 1024 px long, in px. A print twice as long shows a tooth 1.6 times as large: between one sheet seen closer and one that scales.
const TOOTH = 3.2;
const TOOTH_GROWTH = 0.7;
// A finer one would alias.
const FINEST_TOOTH = 1.6;
const FLOW = 130;

/** Pixels from hill to hill where the long side is `s` times 1024 px. */
function toothPixels(s: number): number {
  return Math.max(FINEST_TOOTH, TOOTH * s ** TOOTH_GROWTH);
}
