// Tone of a watercolour in OKLab: contours wobble, L is lifted and laid in `washes` soft steps whose thresholds wander, colours drift and
// gain, darks turn to indigo and umber.
// Reads: source (rgb sRGB code values), sheet (passes/paper; g carries every slow noise). Writes: output rgba16float: OKLab, a 1.
// Source: H. Winnemoeller et al., "Real-time video abstraction", 2006 (soft steps); A. Bousseau et al., "Interactive watercolor rendering", 2006.
import package::lib::color::toOklab;

struct Params { washes: f32, wobble: f32, light: f32, color: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var sheet: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

// The flow of the sheet read `zoom` times as fine and from elsewhere: about [-0.35, 0.35], another noise for each place. It is mirrored at the border.
fn cloud(p: vec2f, zoom: f32, elsewhere: f32) -> f32 {
  let uv = p * zoom / vec2f(textureDimensions(sheet)) + elsewhere * vec2f(1, 1.7);
  let folded = abs(fract(uv * 0.5) * 2 - 1);
  return textureSampleLevel(sheet, bilinear, folded, 0).g - 0.5;
}

// By how many treads thresholds move, and how wide a riser is where the sheet is dry and where wet, in parts of a tread.
const WANDER = 0.7;
const RISER_DRY = 0.25;
const RISER_WET = 0.9;
// Share of the steps in the tone; the rest keeps its gradients.
const STEPPED = 0.72;

fn softSteps(x: f32, riser: f32, shift: f32) -> f32 {
  let tread = x * params.washes + shift;
  return (floor(tread) + smoothstep(0.5 - riser / 2, 0.5 + riser / 2, fract(tread))) / params.washes;
}

// Chroma above which a colour counts as vivid and gains no more.
const KNEE = 0.16;
// Radians, and a share, by which colours drift over the sheet.
const HUE_DRIFT = 0.24;
const CHROMA_DRIFT = 0.4;
// Pigment never gets darker than this; watercolour has no black.
const DARKEST = 0.2;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let p = vec2f(id.xy) + 0.5;
  let slow = vec2f(cloud(p, 3.1, 0.13), cloud(p, 3.1, 0.37));
  let quick = vec2f(cloud(p, 17, 0.53), cloud(p, 17, 0.71));
  let at = p + params.wobble * (8 * slow + 3.2 * quick);
  let lab = toOklab(textureSampleLevel(source, bilinear, at / vec2f(size), 0).rgb);

  let lifted = pow(max(lab.x, 0), params.light);
  let wet = smoothstep(-0.08, 0.12, cloud(p, 1.2, 0.91));
  let tone = clamp(mix(lifted, softSteps(lifted, mix(RISER_DRY, RISER_WET, wet), WANDER * cloud(p, 2.4, 0.23)), STEPPED), 0, 1);

  let dullness = exp(-dot(lab.yz, lab.yz) / (KNEE * KNEE));
  let gain = (1 + (params.color - 1) * dullness) * (1 + CHROMA_DRIFT * cloud(p, 1.9, 0.47));
  let turn = HUE_DRIFT * cloud(p, 1.4, 0.83);
  let drifted = mat2x2f(cos(turn), sin(turn), -sin(turn), cos(turn)) * lab.yz * gain;
  let mixed = 2 * cloud(p, 2.2, 0.61);
  let dark = 1 - smoothstep(0, 0.55, tone);
  let pigment = drifted + dark * vec2f(0.012 * mixed, 0.035 * mixed - 0.03);
  textureStore(output, id.xy, vec4f(DARKEST + (1 - DARKEST) * tone, pigment, 1));
}
