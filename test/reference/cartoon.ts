import { bilinear, field, type Field } from './field.ts';
import { flowGaussian } from './flowGaussian.ts';
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
  const tangents = tangentFlow(relaxed(tensorOf(source, facts.tensorSigma), facts.tensorSigma));
  const flattening = { sigmaD, sigmaR, channelScale: [1, 1.3, 1.3] };
  const calm = orientedBilateral(field(width, height, (x, y) => toOklab(source.at(x, y))), tangents, { ...flattening, rounds: 1 });
  const lines = flowGaussian(edgesAcross(calm, tangents, facts.lineSigma), tangents, { sigma: facts.along });
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

/** 100 (G(sigma) - G(1.6 sigma)) of the first channel along the normal, to 2.5 of the wider sigmas. */
function edgesAcross(source: Field, tangents: Field, sigma: number): Field {
  const half = Math.ceil(2.5 * 1.6 * sigma);
  const offsets = Array.from({ length: 2 * half + 1 }, (_, i) => i - half);
  return field(source.width, source.height, (x, y) => {
    const [tx, ty] = tangents.at(x, y);
    const taps = offsets.map((i) => bilinear(source, x + 0.5 - i * ty, y + 0.5 + i * tx)[0]);
    const mean = (spread: number): number => {
      const weights = offsets.map((i) => Math.exp(-0.5 * (i / spread) ** 2));
      return taps.reduce((sum, tap, i) => sum + weights[i]! * tap, 0) / weights.reduce((sum, weight) => sum + weight, 0);
    };
    return [100 * (mean(sigma) - mean(1.6 * sigma)), 0, 0];
  });
}
