import { bilinear, field, type Field } from './field.ts';
import { tensorOf } from './structureTensor.ts';

/** The pyramid in float64: from the coarsest scale up, each begins where it is calm with what the coarser one has painted. */
export function multiscaleKuwahara(source: Field, sigma: number, floor: number, paint: (picture: Field, tensor: Field) => Field): Field {
  const scales = [source];
  for (let picture = source; Math.min(picture.width, picture.height) >= 32;) scales.push((picture = halved(picture)));
  let coarser: { painted: Field; tensor: Field } | undefined;
  for (const [scale, picture] of [...scales.entries()].reverse()) {
    const own = tensorOf(picture, sigma);
    const tensor = coarser === undefined ? own : mergedTensor(own, coarser.tensor);
    const start = coarser === undefined ? picture : merged(picture, coarser.painted, own, (0.5 * 1.25 ** scale) / floor);
    coarser = { painted: paint(start, tensor), tensor };
  }
  return coarser?.painted ?? source;
}

function halved({ width, height, at }: Field): Field {
  return field(Math.ceil(width / 2), Math.ceil(height / 2), (x, y) => {
    const four = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([dx, dy]) => at(Math.min(2 * x + dx!, width - 1), Math.min(2 * y + dy!, height - 1)));
    return [0, 1, 2].map((c) => four.reduce((sum, texel) => sum + texel[c]! / 4, 0));
  });
}

function merged(picture: Field, painted: Field, tensor: Field, gain: number): Field {
  return field(picture.width, picture.height, (x, y) => {
    const [e, , g] = tensor.at(x, y);
    const beta = Math.min(1, gain * Math.sqrt((2 / 3) * (e + g)));
    const coarse = bilinear(painted, (x + 0.5) / 2, (y + 0.5) / 2);
    return picture.at(x, y).map((value, c) => beta * value + (1 - beta) * coarse[c]!);
  });
}

function mergedTensor(own: Field, coarse: Field): Field {
  const anisotropy = ([e, f, g]: readonly number[]): number => (e! + g! > 0 ? Math.hypot(e! - g!, 2 * f!) / (e! + g!) : 0) + 1e-6;
  return field(own.width, own.height, (x, y) => {
    const [a, b] = [own.at(x, y), bilinear(coarse, (x + 0.5) / 2, (y + 0.5) / 2)];
    return [0, 1, 2].map((k) => (anisotropy(a) * a[k]! + anisotropy(b) * b[k]!) / (anisotropy(a) + anisotropy(b)));
  });
}
