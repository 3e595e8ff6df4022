const TO_XYZ = [[0.412453, 0.35758, 0.180423], [0.212671, 0.71516, 0.072169], [0.019334, 0.119193, 0.950227]] as const;
const FROM_XYZ = [[3.240479, -1.53715, -0.498535], [-0.969256, 1.875991, 0.041556], [0.055648, -0.204043, 1.057311]] as const;
const WHITE = [0.950456, 1, 1.088754] as const;

const times = (matrix: readonly (readonly number[])[], [a = 0, b = 0, c = 0]: readonly number[]): number[] => matrix.map(([x = 0, y = 0, z = 0]) => x * a + y * b + z * c);

/** sRGB code values in [0, 1] to CIE L*a*b* under D65: the twin of toCielab in shaders/lib/cielab.wgsl. */
export function toCielab(code: readonly number[]): [number, number, number] {
  const linear = code.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const [x = 0, y = 0, z = 0] = times(TO_XYZ, linear).map((value, i) => value / (WHITE[i] as number));
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  return [y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))];
}

/** CIE L*a*b* to sRGB code values, clipped to [0, 1]. */
export function fromCielab([L, a, b]: readonly [number, number, number]): number[] {
  const y = (L + 16) / 116;
  const unroot = (t: number): number => (t > 7.787 * 0.008856 + 16 / 116 ? t ** 3 : (t - 16 / 116) / 7.787);
  const xyz = [y + a / 500, y, y - b / 200].map((root, i) => unroot(root) * (WHITE[i] as number));
  return times(FROM_XYZ, xyz).map((value) => Math.min(1, Math.max(0, value))).map((c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055));
}
