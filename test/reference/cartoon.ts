import { field, type Field } from './field.ts';
import { flowDifferenceOfGaussians } from './flowDifferenceOfGaussians.ts';
import { slopeAt } from './lines.ts';
import { fromOklab, toOklab } from './oklab.ts';
import { orientedBilateral } from './orientedBilateral.ts';
import { softQuantised, steepnessAt } from './softQuantise.ts';
import { relaxed, tensorOf } from './structureTensor.ts';
import { tangentFlow } from './tangentFlow.ts';

/** What the effect is given; the ink is black. */
export interface CartoonFacts {
  readonly bins: number;
  readonly softness: number;
  readonly rounds: number;
  readonly sigmaD: number;
  readonly sigmaR: number;
  readonly saturation: number;
  readonly lines: number;
  readonly lineSigma: number;
  readonly along: number;
  readonly threshold: number;
  readonly phi: number;
  readonly tensorSigma: number;
}

/** The twin of the effect in float64, on sRGB code values in [0, 1], with a tensor of full size. */
export function cartoon(source: Field, { rounds, sigmaD, sigmaR, ...facts }: CartoonFacts): Field {
  const { width, height } = source;
  const tensor = relaxed(tensorOf(source, facts.tensorSigma), facts.tensorSigma);
  const tangents = tangentFlow(tensor);
  const flattening = { sigmaD, sigmaR, channelScale: [1, 1.3, 1.3] };
  const calm = orientedBilateral(field(width, height, (x, y) => toOklab(source.at(x, y))), tangents, { ...flattening, rounds: 1 });
  const edges = { of: 'r', gaussians: [{ sigma: facts.lineSigma, weight: 100 }, { sigma: 1.6 * facts.lineSigma, weight: -100 }] } as const;
  const lines = flowDifferenceOfGaussians(calm, tensor, [edges], { along: facts.along, interpolated: true });
  const colors = orientedBilateral(calm, tangents, { ...flattening, rounds: rounds - 1 });
  return field(width, height, (x, y) => {
    const [L, a, b] = colors.at(x, y);
    const steepness = steepnessAt(slopeAt(colors, x, y, 0), sigmaD / 3, facts.bins, [12 * (1 - facts.softness), 12]);
    const color = fromOklab([softQuantised(facts.bins * L, steepness) / facts.bins, facts.saturation * a, facts.saturation * b]);
    const excess = -lines.at(x, y)[0] - facts.threshold;
    const darkness = Math.tanh(Math.min(facts.phi, 0.65 / Math.max(slopeAt(lines, x, y, 0), 1e-3)) * Math.max(0, excess));
    return color.map((value) => value * (1 - facts.lines * darkness));
  });
}
