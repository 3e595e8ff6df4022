import type { Look } from '../src/core/effect.ts';
import { FrameGraph, type Size } from '../src/core/frameGraph.ts';
import type { DeviceTraits } from '../src/core/deviceTraits.ts';
import { applyLook } from '../src/core/look.ts';
import { makePlan, type Place } from '../src/core/plan.ts';
import { textureBytes } from '../src/core/texturePool.ts';
import { importSource } from '../src/io/importSource.ts';
import { presentShader } from '../src/io/present.ts';

/** What a frame of a look does, known before it runs. */
export interface PlanFacts {
  /** Dispatches and draws of a frame, import and last pass included, without what is painted once and kept. */
  readonly passes: number;
  /** What they must move if caches are perfect: every texture a pass binds, once, and the target. */
  readonly bytes: number;
}

const BYTES_OF_TARGET_PIXEL = 4;

export function planFacts(look: Look, size: Size, traits: DeviceTraits): PlanFacts {
  const graph = new FrameGraph({ ...size, origin: [0, 0], scale: 1 }, traits);
  const source = importSource(graph, 'source');
  graph.present('result', applyLook(graph, look, { source }), source);
  const { steps, places } = makePlan(graph.recording, presentShader.uniforms?.size ?? 0);
  const moved = (place: number): number => (place < 0 ? 0 : bytesOf(places[place] as Place));
  const frame = steps.filter((step) => step.kind === 'present' || step.makes === undefined);
  const bytes = frame.reduce((sum, step) => sum + (step.kind === 'present' ? moved(step.color) + moved(step.alpha) : step.bound.reduce((own, place) => own + moved(place), 0)), 0);
  return { passes: frame.length, bytes: bytes + BYTES_OF_TARGET_PIXEL * size.width * size.height };
}

function bytesOf(place: Place): number {
  return place.kind === 'buffer' ? place.bytes : textureBytes(place.key);
}
