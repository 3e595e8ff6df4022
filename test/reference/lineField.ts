import type { LineFieldOptions } from '../../src/passes/lineField.ts';
import type { FlowResponse } from '../../src/passes/flowDifferenceOfGaussians.ts';
import { field, type Field } from './field.ts';
import { flowDifferenceOfGaussians } from './flowDifferenceOfGaussians.ts';
import { leveled, levels } from './levels.ts';
import { filled } from './structureTensor.ts';
import { tangentFlow } from './tangentFlow.ts';
import { TONES } from './tones.ts';

/** Px in a unit of a drawing of this size. */
export function drawingUnit({ width, height }: Pick<Field, 'width' | 'height'>): number {
  return Math.max(0.75, Math.max(width, height) / 768);
}

/** The twin of passes/lineField in float64, with a tensor of full size: calm, fine and broad; plate, leveled lightness and lightness; directions. Of a picture in sRGB code values in [0, 1]. */
export function lineField(source: Field, options: LineFieldOptions = {}): { readonly lines: Field; readonly tones: Field; readonly tangents: Field; readonly unit: number } {
  const { sigma = 1, along = 3.5, tensorSigma = 2.2 } = options;
  const unit = drawingUnit(source);
  const relaxation = { scale: 3.5, gain: 0.06, rest: { angle: Math.PI / 4, weight: 1e-6 } };
  const tensor = filled(source, tensorSigma * unit, relaxation, 2.5);
  const tangents = tangentFlow(tensor);
  const tones = drawingTones(source, options);
  const fine = Math.max(0.7, sigma * unit);
  const responses = [{ of: 'g', gaussians: [{ sigma: 0.8 * unit, weight: 1 }] }, difference(fine), difference(2.2 * fine)] as const;
  return { lines: flowDifferenceOfGaussians(tones, tensor, responses, { along: along * unit, stride: Math.max(1, unit), interpolated: true }), tones, tangents, unit };
}

/** The leveled plate, leveled lightness, and lightness as it is; levels are those of `measured`. */
export function drawingTones(source: Field, { low = 0.01, high = 0.97 }: Pick<LineFieldOptions, 'low' | 'high'> = {}, measured = source): Field {
  const found = { lightness: levels(all(measured, 'lightness'), { low, high }), plate: levels(all(measured, 'plate'), { low: 0.01, high: 0.99, gain: 0.7 }) };
  return field(source.width, source.height, (x, y) => {
    const code = source.at(x, y);
    const [plate, light] = [TONES.plate(code), TONES.lightness(code)];
    return [leveled(plate, limits(found.plate)), leveled(light, limits(found.lightness)), light];
  });
}

const limits = ([low, high, gain]: ReturnType<typeof levels>): [number, number, number] => [low, high, gain];

function all({ width, height, at }: Field, tone: 'lightness' | 'plate'): number[] {
  return Array.from({ length: width * height }, (_, i) => TONES[tone](at(i % width, Math.floor(i / width))));
}

/** In L* units. */
function difference(sigma: number): FlowResponse {
  return { of: 'r', gaussians: [{ sigma, weight: 100 }, { sigma: 1.6 * sigma, weight: -100 }] };
}
