import { field, type Field, type Triple } from './field.ts';

/** The twin of shaders/passes/tangentFlow.wgsl in float64: (x, y, A) of tensors (E, F, G), one for each pixel. */
export function tangentFlow(tensor: Field): Field {
  return field(tensor.width, tensor.height, (x, y) => tangentOf(tensor.at(x, y)));
}

/** (x, y, A) of (E, F, G). */
export function tangentOf([e, f, g]: Triple): Triple {
  const angle = 0.5 * Math.atan2(2 * f, e - g) + Math.PI / 2;
  return [Math.cos(angle), Math.sin(angle), e + g > 0 ? Math.hypot(e - g, 2 * f) / (e + g) : 0];
}

/** As test/support/kernels/tangents.wgsl shows them: the doubled angle, because a tangent and its opposite are one. */
export function shownTangents({ width, height, at }: Field): Field {
  return field(width, height, (x, y) => {
    const [tx, ty, anisotropy] = at(x, y);
    return [0.5 + 0.5 * (tx * tx - ty * ty), 0.5 + tx * ty, anisotropy];
  });
}
