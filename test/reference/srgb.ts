/** sRGB code value in [0, 1] to linear light: the twin of decodeSrgb in shaders/lib/color.wgsl. */
export function decodeSrgb(code: number): number {
  return code <= 0.04045 ? code / 12.92 : ((code + 0.055) / 1.055) ** 2.4;
}

/** Linear light to an sRGB code value, clipped to [0, 1]. */
export function encodeSrgb(linear: number): number {
  return Math.min(1, Math.max(0, linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
}
