import { field, type Field } from './field.ts';
import { flowGaussian } from './flowGaussian.ts';
import { valueNoise } from './noise.ts';
import { relaxed, tensorOf } from './structureTensor.ts';
import { tangentFlow } from './tangentFlow.ts';

/** What the effect is given. */
export interface LineIntegralFacts {
  readonly of: 'picture' | 'noise';
  readonly sigma: number;
  readonly stopAngle: number;
  readonly tensorSigma: number;
  readonly grain: number;
  readonly amount: number;
  readonly seed: number;
}

/** The twin of the effect in float64, on sRGB code values in [0, 1], with a tensor of full size. */
export function lineIntegralConvolution(source: Field, { of, sigma, stopAngle, tensorSigma, grain, amount, seed }: LineIntegralFacts): Field {
  const { width, height } = source;
  const tangents = tangentFlow(relaxed(tensorOf(source, tensorSigma, 'rotational'), tensorSigma));
  const integrand = of === 'picture' ? source : field(width, height, (x, y) => Array.from({ length: 3 }, () => valueNoise(x / grain, y / grain, seed)));
  const lines = flowGaussian(integrand, tangents, { sigma, stopAngle });
  const gain = Math.sqrt(1 + (2 * sigma) / grain);
  const shown = (value: number): number => (of === 'picture' ? value : Math.min(Math.max(0.5 + gain * (value - 0.5), 0), 1));
  return field(width, height, (x, y) => source.at(x, y).map((value, c) => value + amount * (shown(lines.at(x, y)[c]!) - value)));
}
