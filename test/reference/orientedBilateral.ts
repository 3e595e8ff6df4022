import { bilinear, field, type Field } from './field.ts';

/** What {@link orientedBilateral} is given; `stride` in px. */
export interface OrientedBilateralFacts {
  readonly sigmaD: number;
  readonly sigmaR: number;
  readonly rounds: number;
  readonly channelScale?: readonly number[];
  readonly stride?: number;
}

/** The twin of src/passes/orientedBilateral.ts in float64; `tangents` are (x, y, A) at each pixel. */
export function orientedBilateral(source: Field, tangents: Field, { sigmaD, sigmaR, rounds, channelScale = [1, 1, 1], stride = Math.max(1, sigmaD / 3) }: OrientedBilateralFacts): Field {
  const filtered = ({ width, height, at }: Field, directionOf: (x: number, y: number) => readonly [number, number]): Field =>
    field(width, height, (x, y) => {
      const own = at(x, y);
      const [dx, dy] = directionOf(x, y);
      const sums = [...own, 1];
      for (let i = 1; i <= Math.ceil((2 * sigmaD) / stride); i++) {
        for (const d of [i * stride, -i * stride]) {
          const color = bilinear({ width, height, at }, x + 0.5 + d * dx, y + 0.5 + d * dy);
          const distance = color.reduce((sum, value, c) => sum + (channelScale[c]! * (value - own[c]!)) ** 2, 0);
          const weight = Math.exp(-0.5 * (d / sigmaD) ** 2 - (0.5 * distance) / sigmaR ** 2);
          [...color, 1].forEach((value, c) => (sums[c]! += weight * value));
        }
      }
      return [0, 1, 2].map((c) => sums[c]! / sums[3]!);
    });
  let colors = source;
  for (let round = 0; round < rounds; round++) {
    colors = filtered(colors, (x, y) => [-tangents.at(x, y)[1], tangents.at(x, y)[0]]);
    colors = filtered(colors, (x, y) => [tangents.at(x, y)[0], tangents.at(x, y)[1]]);
  }
  return colors;
}
