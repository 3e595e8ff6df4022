// Colour spaces and luminance.
// Reads and returns: rgb in [0, 1] unless said otherwise.
// Source: IEC 61966-2-1 (sRGB); ITU-R BT.601 (luma); B. Ottosson, "A perceptual color space for image processing", 2020 (OKLab).

// BT.601 luma of code values, as OpenCV's COLOR_BGR2GRAY.
const LUMA = vec3f(0.299, 0.587, 0.114);

fn luminance(rgb: vec3f) -> f32 {
  return dot(rgb, LUMA);
}

fn encodeSrgb(linear: vec3f) -> vec3f {
  let c = max(linear, vec3f(0));
  return select(1.055 * pow(c, vec3f(1 / 2.4)) - 0.055, 12.92 * c, c <= vec3f(0.0031308));
}

fn decodeSrgb(code: vec3f) -> vec3f {
  let c = max(code, vec3f(0));
  return select(pow((c + 0.055) / 1.055, vec3f(2.4)), c / 12.92, c <= vec3f(0.04045));
}

const RGB_TO_LMS = mat3x3f(0.4122214708, 0.2119034982, 0.0883024619, 0.5363325363, 0.6806995451, 0.2817188376, 0.0514459929, 0.1073969566, 0.6299787005);
const LMS_TO_LAB = mat3x3f(0.2104542553, 1.9779984951, 0.0259040371, 0.7936177850, -2.4285922050, 0.7827717662, -0.0040720468, 0.4505937099, -0.8086757660);
const LAB_TO_LMS = mat3x3f(1, 1, 1, 0.3963377774, -0.1055613458, -0.0894841775, 0.2158037573, -0.0638541728, -1.2914855480);
const LMS_TO_RGB = mat3x3f(4.0767416621, -1.2684380046, -0.0041960863, -3.3077115913, 2.6097574011, -0.7034186147, 0.2309699292, -0.3413193965, 1.7076147010);

// sRGB code values to OKLab: L in [0, 1], a and b about [-0.4, 0.4].
fn toOklab(code: vec3f) -> vec3f {
  let lms = RGB_TO_LMS * decodeSrgb(code);
  return LMS_TO_LAB * pow(max(lms, vec3f(0)), vec3f(1.0 / 3.0));
}

// OKLab to sRGB code values; outside of the gamut they leave [0, 1].
fn fromOklab(lab: vec3f) -> vec3f {
  return encodeSrgb(oklabToLinear(lab));
}

// OKLab to linear light, likewise.
fn oklabToLinear(lab: vec3f) -> vec3f {
  let root = LAB_TO_LMS * lab;
  return LMS_TO_RGB * (root * root * root);
}
