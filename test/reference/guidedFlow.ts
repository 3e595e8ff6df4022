import type { Pixels } from '../../src/io/pixels.ts';
import { bilinear, field, fieldOf, type Field } from './field.ts';

/** The tensor (E, F, G) of a picture turned to where a map says; the map is stretched over it. */
export function guidedFlow(tensor: Field, directionMap: Pixels): Field {
  const map = fieldOf(directionMap);
  return field(tensor.width, tensor.height, (x, y) => {
    const own = tensor.at(x, y);
    const [r, g] = bilinear(map, ((x + 0.5) / tensor.width) * map.width, ((y + 0.5) / tensor.height) * map.height);
    const [dx, dy] = [2 * r - 1, 2 * g - 1];
    const length = Math.hypot(dx, dy);
    const strength = Math.min(1, Math.max(0, (length - 0.01) / 0.99));
    if (strength === 0) return own;
    const trace = own[0] + own[2];
    const painted = [(dy / length) ** 2, (-dx * dy) / length ** 2, (dx / length) ** 2];
    return painted.map((value, k) => Math.max(trace, 1e-4) * ((1 - strength) * (trace > 0 ? own[k]! / trace : [0.5, 0, 0.5][k]!) + strength * value));
  });
}
