// CIE L*a*b* (D65) of sRGB, with the constants of OpenCV: L = 116 f(Y) - 16, a = 500 (f(X) - f(Y)), b = 200 (f(Y) - f(Z)), f a cube root with a line
// below 0.008856.
// Takes and returns: sRGB code values in [0, 1]; L in [0, 100], a and b about [-110, 100].
// Source: CIE 15; G. Bradski et al., OpenCV, "Color conversions", RGB to CIE L*a*b*.
import package::lib::color::{ decodeSrgb, encodeSrgb };

// From linear rgb to XYZ relative to the white point (0.950456, 1, 1.088754), and back.
const RGB_TO_XYZ = mat3x3f(0.412453 / WHITE.x, 0.212671, 0.019334 / WHITE.z, 0.357580 / WHITE.x, 0.715160, 0.119193 / WHITE.z, 0.180423 / WHITE.x, 0.072169, 0.950227 / WHITE.z);
const XYZ_TO_RGB = mat3x3f(3.240479 * WHITE.x, -0.969256 * WHITE.x, 0.055648 * WHITE.x, -1.537150, 1.875991, -0.204043, -0.498535 * WHITE.z, 0.041556 * WHITE.z, 1.057311 * WHITE.z);
const WHITE = vec3f(0.950456, 1, 1.088754);

// Below DARK the cube root gives way to the line SLOPE x + OFFSET, which meets it there.
const DARK = 0.008856;
const SLOPE = 7.787;
const OFFSET = 16.0 / 116.0;

fn toCielab(code: vec3f) -> vec3f {
  let root = compressed(RGB_TO_XYZ * decodeSrgb(code));
  return vec3f(116 * root.y - 16, 500 * (root.x - root.y), 200 * (root.y - root.z));
}

// Colours outside of the gamut are clipped channel by channel, in linear light.
fn fromCielab(lab: vec3f) -> vec3f {
  let y = (lab.x + 16) / 116;
  let root = vec3f(y + lab.y / 500, y, y - lab.z / 200);
  return encodeSrgb(saturate(XYZ_TO_RGB * expanded(root)));
}

fn compressed(xyz: vec3f) -> vec3f {
  return select(SLOPE * xyz + OFFSET, pow(max(xyz, vec3f(DARK)), vec3f(1.0 / 3.0)), xyz > vec3f(DARK));
}

fn expanded(root: vec3f) -> vec3f {
  return select((root - OFFSET) / SLOPE, root * root * root, root > vec3f(SLOPE * DARK + OFFSET));
}
