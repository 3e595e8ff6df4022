import { bilinear, field, type Field } from './field.ts';
import { flowGaussian } from './flowGaussian.ts';
import { tangentFlow } from './tangentFlow.ts';

/** Standard deviations in px, and what each Gaussian weighs. */
export type Gaussians = readonly { readonly sigma: number; readonly weight: number }[];

/** The twin of src/passes/flowDifferenceOfGaussians.ts with one response, of the first channel, led by an interpolated tensor (E, F, G): in all three channels. */
export function flowDifferenceOfGaussians(source: Field, tensor: Field, gaussians: Gaussians, along: number): Field {
  return flowGaussian(acrossFlow(source, tangentFlow(tensor), gaussians), tensor, { sigma: along, interpolated: true });
}

/** Along the normal, to 2.5 of the widest sigma. */
function acrossFlow(source: Field, tangents: Field, gaussians: Gaussians): Field {
  const half = Math.ceil(2.5 * Math.max(...gaussians.map(({ sigma }) => sigma)));
  const offsets = Array.from({ length: 2 * half + 1 }, (_, i) => i - half);
  const weights = gaussians.map(({ sigma }) => offsets.map((i) => Math.exp(-0.5 * (i / sigma) ** 2)));
  const totals = weights.map((own) => own.reduce((sum, value) => sum + value, 0));
  return field(source.width, source.height, (x, y) => {
    const [tx, ty] = tangents.at(x, y);
    const taps = offsets.map((i) => bilinear(source, x + 0.5 - i * ty, y + 0.5 + i * tx)[0]);
    const response = gaussians.reduce((sum, { weight }, k) => sum + (weight / totals[k]!) * taps.reduce((mean, tap, i) => mean + weights[k]![i]! * tap, 0), 0);
    return [response, response, response];
  });
}
