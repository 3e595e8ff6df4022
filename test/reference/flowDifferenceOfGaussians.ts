import type { FlowDifferenceOptions, FlowResponse } from '../../src/passes/flowDifferenceOfGaussians.ts';
import { bilinear, field, type Field } from './field.ts';
import { flowGaussian } from './flowGaussian.ts';

/** Across a flow and then along it, in float64: a number for each of up to three responses. */
export function flowDifferenceOfGaussians(source: Field, tangents: Field, responses: readonly FlowResponse[], { along, stride = 1 }: FlowDifferenceOptions): Field {
  return flowGaussian(acrossFlow(source, tangents, responses, stride), tangents, { sigma: along, stride });
}

/** The twin of shaders/passes/flowDifferenceOfGaussians.wgsl: sums of Gaussians along the normals of a flow, to 2.5 of the widest. */
export function acrossFlow(source: Field, tangents: Field, responses: readonly FlowResponse[], stride = 1): Field {
  const widest = Math.max(...responses.flatMap(({ gaussians }) => gaussians.map(({ sigma }) => sigma)));
  const half = Math.ceil((2.5 * widest) / stride);
  const offsets = Array.from({ length: 2 * half + 1 }, (_, i) => (i - half) * stride);
  const sums = responses.map(({ of, gaussians }) => ({ channel: of === 'r' ? 0 : 1, weights: summed(gaussians, offsets) }));
  return field(source.width, source.height, (x, y) => {
    const [tx, ty] = tangents.at(x, y);
    const taps = offsets.map((i) => bilinear(source, x + 0.5 - i * ty, y + 0.5 + i * tx));
    return [0, 1, 2].map((k) => sums[k]?.weights.reduce((sum, weight, i) => sum + weight * taps[i]![sums[k]!.channel]!, 0) ?? 0);
  });
}

/** Their weights at each offset; each Gaussian has a sum of 1. */
function summed(gaussians: FlowResponse['gaussians'], offsets: readonly number[]): number[] {
  const shapes = gaussians.map(({ sigma }) => offsets.map((i) => Math.exp(-0.5 * (i / Math.max(sigma, 1e-9)) ** 2)));
  const totals = shapes.map((shape) => shape.reduce((sum, value) => sum + value, 0));
  return offsets.map((_, i) => gaussians.reduce((sum, { weight }, k) => sum + (weight * shapes[k]![i]!) / totals[k]!, 0));
}
