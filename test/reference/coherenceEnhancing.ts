import { bilinear, field, type Field, type Triple } from './field.ts';
import { flowGaussian } from './flowGaussian.ts';
import { relaxed, tensorOf } from './structureTensor.ts';
import { tangentFlow } from './tangentFlow.ts';

/** What the effect is given. */
export interface CoherenceFacts {
  readonly iterations: number;
  readonly sigma: number;
  readonly stopAngle: number;
  readonly tensorSigma: number;
  readonly shockSigma: number;
  readonly shockRadius: number;
  readonly threshold: number;
  readonly antialiasSigma: number;
}

/** The twin of the effect in float64, on sRGB code values in [0, 1], with tensors of full size. */
export function coherenceEnhancing(source: Field, facts: CoherenceFacts): Field {
  const directions = (image: Field): Field => tangentFlow(relaxed(tensorOf(image, facts.tensorSigma, 'rotational'), facts.tensorSigma));
  let image = source;
  let tangents = directions(source);
  for (let i = 0; i < facts.iterations; i++) {
    const calm = flowGaussian(image, tangents, { sigma: facts.sigma, stopAngle: facts.stopAngle, adaptive: true });
    tangents = directions(calm);
    image = shock(calm, tangents, facts);
  }
  return flowGaussian(image, tangents, { sigma: facts.antialiasSigma });
}

/** The twin of shaders/effects/coherenceEnhancingShock.wgsl. */
export function shock(source: Field, tangents: Field, { shockSigma: sigma, shockRadius, threshold }: Pick<CoherenceFacts, 'shockSigma' | 'shockRadius' | 'threshold'>): Field {
  return field(source.width, source.height, (x, y) => {
    const [tx, ty] = tangents.at(x, y);
    const across = (d: number): Triple => bilinear(source, x + 0.5 - d * ty, y + 0.5 + d * tx);
    const own = source.at(x, y);
    let bend = 0;
    for (let d = 1; d <= Math.ceil(4 * sigma); d++) {
      bend -= (d * d - sigma * sigma) * Math.exp((-d * d) / (2 * sigma * sigma)) * (luminance(across(d)) + luminance(across(-d)) - 2 * luminance(own));
    }
    bend /= Math.sqrt(2 * Math.PI) * sigma ** 3;
    if (Math.abs(bend) < threshold) return own;
    const reached = [own];
    for (let d = 0.5; d < shockRadius; d++) reached.push(across(-d), across(d));
    return reached.reduce((best, color) => (Math.sign(bend) * (luminance(color) - luminance(best)) > 0 ? color : best));
  });
}

function luminance([r, g, b]: Triple): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}
