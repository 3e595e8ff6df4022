import { field, type Field } from './field.ts';
import { fbm } from './noise.ts';

/** The direction in which a hand rests at (x, y), in radians clockwise from the x axis, on a picture whose long side is `side` px. */
export function restingAngle(x: number, y: number, side: number, { swing, angle = -0.7, seed }: { readonly swing: number; readonly angle?: number; readonly seed: number }): number {
  return angle + 2 * swing * (fbm(x, y, (320 * side) / 1024, seed + 900, 2) - 0.5);
}

/** The twin of shaders/passes/handFlow.wgsl for a tensor with one texel per pixel. */
export function handFlow(tensor: Field, options: { readonly weight: number; readonly swing: number; readonly angle?: number; readonly seed: number }): Field {
  const { width, height } = tensor;
  return field(width, height, (x, y) => {
    const [e, f, g] = tensor.at(x, y);
    const angle = restingAngle(x, y, Math.max(width, height), options);
    const [nx, ny] = [-Math.sin(angle), Math.cos(angle)];
    return [e + options.weight * nx * nx, f + options.weight * nx * ny, g + options.weight * ny * ny];
  });
}
