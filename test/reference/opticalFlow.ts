import { bilinear, field, reduced, type Field, type Triple } from './field.ts';

const RADIUS = 3;
const [FIRST_ROUNDS, ROUNDS] = [6, 3];
const STEP = 1.5;
const COARSEST = 48;
const LUMA = [0.299, 0.587, 0.114] as const;

/** (x, y, 0) of pyramidal Lucas-Kanade in float64: now(p) = before(p - flow). */
export function opticalFlow(now: Field, before: Field, noise: number): Field {
  const luma = ([r, g, b]: Triple): number => LUMA[0] * r + LUMA[1] * g + LUMA[2] * b;
  const pairs = [field(now.width, now.height, (x, y) => [luma(now.at(x, y)), luma(before.at(x, y)), 0])];
  while (Math.max(pairs.at(-1)!.width, pairs.at(-1)!.height) > COARSEST) pairs.push(reduced(pairs.at(-1)!, 2));
  return pairs.reduceRight<Field | undefined>((coarse, pair, level) => levelOf(pair, coarse, (1.5 * noise / 2 ** level) ** 2), undefined) as Field;
}

function levelOf(pair: Field, coarse: Field | undefined, regular: number): Field {
  const { width, height } = pair;
  const gradient = field(width, height, (x, y) => [(pair.at(x + 1, y)[0] - pair.at(x - 1, y)[0]) / 2, (pair.at(x, y + 1)[0] - pair.at(x, y - 1)[0]) / 2, 0]);
  const side = RADIUS + 1;
  const window = Array.from({ length: (2 * RADIUS + 1) ** 2 }, (_, i) => [(i % (2 * RADIUS + 1)) - RADIUS, Math.floor(i / (2 * RADIUS + 1)) - RADIUS] as const);
  const weights = window.map(([x, y]) => ((side - Math.abs(x)) * (side - Math.abs(y))) / side ** 4);
  const clamp = (at: number, size: number): number => Math.min(Math.max(at, 0), size - 1) + 0.5;
  return field(width, height, (px, py) => {
    let [e, f, g] = [regular, 0, regular];
    window.forEach(([x, y], i) => {
      const [gx, gy] = gradientAt(gradient, pair, px + x, py + y);
      e += weights[i]! * gx * gx;
      f += weights[i]! * gx * gy;
      g += weights[i]! * gy * gy;
    });
    const determinant = e * g - f * f;
    let [dx, dy] = coarse === undefined ? [0, 0] : flowMedian(coarse, px >> 1, py >> 1).map((value) => 2 * value) as [number, number];
    for (let round = 0; round < (coarse === undefined ? FIRST_ROUNDS : ROUNDS); round++) {
      let [sx, sy] = [0, 0];
      window.forEach(([x, y], i) => {
        const wanted = bilinear(pair, clamp(px + x, width) - dx, clamp(py + y, height) - dy)[1] - pair.at(px + x, py + y)[0];
        const [gx, gy] = gradientAt(gradient, pair, px + x, py + y);
        sx += weights[i]! * wanted * gx;
        sy += weights[i]! * wanted * gy;
      });
      const step = [(g * sx - f * sy) / determinant, (e * sy - f * sx) / determinant] as const;
      const share = Math.min(1, STEP / Math.max(Math.hypot(...step), 1e-9));
      dx += share * step[0];
      dy += share * step[1];
    }
    return [dx, dy, 0];
  });
}

/** Beyond the edge the picture is repeated, so its gradient is not that of the edge. */
function gradientAt(gradient: Field, pair: Field, x: number, y: number): Triple {
  const isInside = x >= 0 && y >= 0 && x < pair.width && y < pair.height;
  return isInside ? gradient.at(x, y) : [(pair.at(x + 1, y)[0] - pair.at(x - 1, y)[0]) / 2, (pair.at(x, y + 1)[0] - pair.at(x, y - 1)[0]) / 2, 0];
}

/** The median of x and that of y over 3 x 3 texels. */
export function flowMedian(flow: Field, x: number, y: number): number[] {
  const near = Array.from({ length: 9 }, (_, i) => flow.at(x + (i % 3) - 1, y + Math.floor(i / 3) - 1));
  return [0, 1].map((axis) => near.map((value) => value[axis]!).sort((a, b) => a - b)[4]!);
}
