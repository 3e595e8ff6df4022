import kernel from '../../shaders/effects/stabilize.wgsl';
import { defineCombinator, type Effect, type Look } from '../core/effect.ts';
import { float } from '../core/params.ts';
import { repaintedPlaces, sceneMemory, steadyField, steadyNumbers } from '../passes/sceneMemory.ts';

/** Parameters of {@link stabilize}. */
export interface StabilizeParams {
  /** How long what stands still is kept: 0 keeps nothing, 1 some 16 frames. */
  strength: number;
  /** The noise of the pictures, as a standard deviation in levels of 255: what changes less has not changed. More where dim pictures still flicker, less where faint things that move leave traces. */
  noise: number;
}

/** What {@link stabilize} is called with. */
export type StabilizeGiven = [look: Look, params?: Partial<StabilizeParams>];

/**
 * Paints a look with temporal coherence, for cameras and videos: what stands still stops flickering, what moves leaves no trace. The directions and levels that the look follows are smoothed from frame to
 * frame along a coarse flow of the scene (palettes smooth themselves), and the painted frame goes on from the one before where the scene does, and else is painted as it is. A cut, another
 * size, and another parameter of the look show at once.
 *
 * It acts where frames follow each other: in `render`, `encode`, `attach` and `toMediaStream`, here and in a worker. What is read, or painted first, is what the look itself paints. It remembers one source for each size
 * that its pipeline paints, and begins anew at another size, as where `quality: 'auto'` changes it. As JSON its look is `looks: { look: … }`.
 *
 * Working space: sRGB code values. Cost: 14 passes and those of the look, 11 of them on pictures of at most 192 x 192 px, and one for each tensor and all levels of the look. Memory with the
 * result: 21 B/px, where the look needs no more, 17 of them kept from frame to frame, and twice the tensors of the look.
 * @see B. Karis, "High-Quality Temporal Supersampling", SIGGRAPH 2014 course
 * @see J.-Y. Bouguet, "Pyramidal Implementation of the Lucas Kanade Feature Tracker", 2000
 * @see A. Bousseau, F. Neyret, J. Thollot and D. Salesin, "Video Watercolorization using Bidirectional Texture Advection", SIGGRAPH 2007
 *
 * @example
 * ```ts
 * const look = studio.pipeline(stabilize([anisotropicKuwahara(), paperTexture()], { strength: 0.9 }));
 * await look.ready;
 * look.render(image, canvas);
 * ```
 */
export const stabilize: Effect<StabilizeParams, StabilizeGiven> = defineCombinator({
  name: 'stabilize',
  looks: ['look'],
  params: {
    strength: float(0.8, { min: 0, max: 1 }),
    noise: float(4, { min: 1, max: 30 }),
  },
  build(graph, { source }, { strength, noise }, { look }) {
    // Tiles are painted of pictures that have no frame before them.
    if (graph.frame.tile !== undefined) return look(source);
    const least = LEAST ** strength;
    const memory = sceneMemory(graph, source, { noise: noise / 255, least, painted: fingerprint(JSON.stringify(look.look)) });
    const guidesLeast = Math.sqrt(least);
    const painted = graph.filterGuides({
      field: (guide, texel) => steadyField(graph, memory, guide, texel, guidesLeast),
      numbers: (guide, count) => steadyNumbers(graph, memory, guide, count, guidesLeast),
    }, () => look(source));
    const { previous, current } = graph.history('painted', 'rgba16float');
    const { motion, scene, cell } = memory;
    const { repainted, texel } = repaintedPlaces(graph, memory, painted, previous);
    return graph.compute(kernel, { inputs: { painted, previous, motion, repainted, scene }, params: { cell, texel, least }, into: current });
  },
  halo: (_params, _unit, { look }) => look,
}, (...[look, params]: StabilizeGiven) => ({ looks: { look }, params }));

/** The weight of a frame at full strength. */
const LEAST = 0.06;

/** FNV-1a, as a whole number that a float holds, and not 0. */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 9) + 1;
}
