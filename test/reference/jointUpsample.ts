import { field, type Field } from './field.ts';

/** The twin of src/passes/jointUpsample.ts in float64. */
export function jointUpsample(painted: Field, smallGuide: Field, guide: Field, sigma: number): Field {
  return field(guide.width, guide.height, (x, y) => {
    const [u, v] = [((x + 0.5) * painted.width) / guide.width, ((y + 0.5) * painted.height) / guide.height];
    const own = guide.at(x, y);
    const sums = [0, 0, 0, 0];
    for (let row = Math.floor(v) - 1; row <= Math.floor(v) + 1; row++) {
      for (let column = Math.floor(u) - 1; column <= Math.floor(u) + 1; column++) {
        const distance = smallGuide.at(column, row).reduce((sum, value, c) => sum + (value - own[c]!) ** 2, 0);
        const weight = spline(u - column - 0.5) * spline(v - row - 0.5) * (Math.exp((-0.5 * distance) / sigma ** 2) + 0.01);
        [...painted.at(column, row), 1].forEach((value, c) => (sums[c]! += weight * value));
      }
    }
    return [0, 1, 2].map((c) => sums[c]! / sums[3]!);
  });
}

/** The quadratic B-spline. */
function spline(distance: number): number {
  const t = Math.abs(distance);
  return t < 0.5 ? 0.75 - t * t : t < 1.5 ? 0.5 * (1.5 - t) ** 2 : 0;
}
