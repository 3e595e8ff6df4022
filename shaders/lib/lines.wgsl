// Lines out of the responses of passes/lineField: how dark a pencil makes them, thresholds without jagged edges, and the dodge.
// Reads: responses in L* units (0 to 100, negative on dark lines), slopes per px. Returns: coverages and tones in [0, 1].
// Source: H. Winnemoeller, J. E. Kyprianidis and S. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium", 2012 (tanh ramps); the guard and the limits are ours.
import package::lib::tangentAt::tangentAt;

// |grad| of each channel by central differences, clamped at the edge.
fn slopesAt(field: texture_2d<f32>, p: vec2i) -> vec4f {
  let last = vec2i(textureDimensions(field)) - 1;
  let dx = textureLoad(field, clamp(p + vec2i(1, 0), vec2i(0), last), 0) - textureLoad(field, clamp(p - vec2i(1, 0), vec2i(0), last), 0);
  let dy = textureLoad(field, clamp(p + vec2i(0, 1), vec2i(0), last), 0) - textureLoad(field, clamp(p - vec2i(0, 1), vec2i(0), last), 0);
  return 0.5 * sqrt(dx * dx + dy * dy);
}

// Half of the shortest ramp that leaves no jagged edge, in px.
const HALF_RAMP = 0.75;

// smoothstep(low, high, value) whose ramp is never shorter than pixels can show.
fn aaStep(low: f32, high: f32, value: f32, slope: f32) -> f32 {
  let middle = 0.5 * (low + high);
  let reach = max(0.5 * (high - low), HALF_RAMP * slope);
  return smoothstep(middle - reach, middle + reach, value);
}

// Where there is no direction there is no line unless it is strong, by up to this factor: that keeps faces and skies clean.
const MOST_GUARD = 3.0;
const NO_DIRECTION = 0.15;
const DIRECTION = 0.5;
// Broad lines are as wide as 2.2 fine ones and want so much more of a response.
const BROAD = 2.2;
const BROAD_GUARD = 1.6;
const SLOPE_LIMIT = 0.8;

// `fine`, `broad` and their `slopes`; `weights` of the two; `anisotropy` in [0, 1]; `threshold` and `softness` in L* units.
fn lineDarkness(responses: vec2f, slopes: vec2f, anisotropy: f32, threshold: f32, softness: f32, weights: vec2f) -> f32 {
  let guarded = threshold * mix(MOST_GUARD, 1, smoothstep(NO_DIRECTION, DIRECTION, anisotropy));
  let excess = max(-responses - guarded * vec2f(1, BROAD_GUARD), vec2f(0));
  let covered = weights * tanh(min(excess / max(softness * vec2f(1, BROAD), SLOPE_LIMIT * slopes), vec2f(MOST_TANH)));
  return 1 - (1 - covered.x) * (1 - covered.y);
}

// Beyond it tanh is 1, and some GPUs' is not a number.
const MOST_TANH = 10.0;

// The same at a pixel of passes/lineField: `lines` with fine and broad responses in g and b.
fn contourAt(lines: texture_2d<f32>, tangents: texture_2d<f32>, pixel: vec2u, threshold: f32, softness: f32, weights: vec2f) -> f32 {
  let anisotropy = tangentAt(tangents, pixel, textureDimensions(lines)).z;
  return lineDarkness(textureLoad(lines, pixel, 0).gb, slopesAt(lines, vec2i(pixel)).gb, anisotropy, threshold, softness, weights);
}

const DARKEST_BLUR = 1.0 / 256;

// A tone by its own blur: flat tone becomes white whatever its level, and what is darker than around it is left. `lift` keeps the noise of blacks from becoming texture.
fn dodged(tone: f32, blurred: f32, lift: f32) -> f32 {
  return min(1, (tone + lift) / max(DARKEST_BLUR, blurred + lift));
}
