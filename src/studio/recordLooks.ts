import type { DeviceTraits } from '../core/deviceTraits.ts';
import type { EffectInputs, Look } from '../core/effect.ts';
import { FrameGraph, type Frame, type TextureHandle } from '../core/frameGraph.ts';
import { applyLook } from '../core/look.ts';
import { makePlan, type Plan } from '../core/plan.ts';
import { importSmaller, importSource } from '../io/importSource.ts';
import { presentShader } from '../io/present.ts';
import { jointUpsample } from '../passes/jointUpsample.ts';
import type { Inspector } from './inspector.ts';

/** The name of the one result of a pipeline without names. */
export const ALONE = 'result';

/** Chosen by eye and by the distance to pictures painted at full size; anything from 0.07 to 0.12 does. */
const ENLARGING = { sigma: 0.1 };

/** Records all looks of a pipeline on one graph, from the import of its pictures (`source` and the inputs `bound`) to the showing of each result. */
export function recordLooks(looks: ReadonlyMap<string, Look>, frame: Frame, bound: readonly string[], traits: DeviceTraits, inspector?: Inspector): Plan {
  const graph = new FrameGraph(frame, traits, inspector?.watch);
  const { enlarged } = frame;
  // From the larger one, because a video can be sampled where it lies only with objects that are made anew for each pass and frame.
  const whole = importSource(graph, 'source', enlarged);
  const source = enlarged === undefined ? whole : importSmaller(graph, whole, 'source');
  const inputs: Record<string, TextureHandle> = { source };
  for (const name of bound) inputs[name] = importSource(graph, name);
  for (const [name, look] of looks) {
    const color = applyLook(graph, look, inputs as unknown as EffectInputs);
    if (inspector === undefined) graph.present(name, enlarged === undefined ? color : jointUpsample(graph, color, source, whole, ENLARGING), whole);
    else inspector.present(graph, name);
  }
  inspector?.end();
  return makePlan(graph.recording, presentShader.uniforms?.size ?? 0);
}
