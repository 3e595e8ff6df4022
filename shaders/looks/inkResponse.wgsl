// What a brush and a pen draw, before the threshold: D = 100 (1 - fills fill) + p sure (fine clear + detail broad), a picture that is white but where it is filled, sharpened. fill: see
// below; sure = smoothstep of the anisotropy; clear = smoothstep of |fine|: noise makes no line.
// Reads: lines and tensor (passes/lineField), near and far (L* / 100 in b, blurred; far is coarse), around (coarse; calm in r). Writes: output rgba16float, D in r, L*; g and b 0, a 1.
// Source: H. Winnemoeller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012; the fills are ours.
import package::lib::enlarge::coarseUv;
import package::lib::lines::dodged;
import package::lib::structureTensor::anisotropy;

// Texels are in px.
struct Params { p: f32, detail: f32, fills: f32, tensorTexel: f32, farTexel: f32, aroundTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var lines: texture_2d<f32>;
@group(0) @binding(2) var tensor: texture_2d<f32>;
@group(0) @binding(3) var near: texture_2d<f32>;
@group(0) @binding(4) var far: texture_2d<f32>;
@group(0) @binding(5) var around: texture_2d<f32>;
@group(0) @binding(6) var bilinear: sampler;
@group(0) @binding(7) var output: texture_storage_2d<rgba16float, write>;

const WHITE = 100.0;
// Each pair: where it begins, where it is whole.
const DIRECTION = vec2f(0.12, 0.42);
const CLEAR = vec2f(0.4, 1.4);
const DARK = vec2f(0.18, 0.08);
const DARK_BESIDE = vec2f(0.8, 0.6);
const BLACK = vec2f(0.055, 0.03);
const SHADOW = vec2f(0.62, 0.46);
const SHADOW_TONE = vec2f(0.5, 0.34);
const LIFT = 0.03;
// Of what darkness is compared with: L* / 100 of a night sky.
const LEAST_AROUND = 0.02;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let place = vec2f(id.xy) + 0.5;
  let light = textureLoad(near, id.xy, 0).b;
  let lightAround = textureSampleLevel(far, bilinear, coarseUv(place, params.farTexel, textureDimensions(far)), 0).b;
  let calmAround = textureSampleLevel(around, bilinear, coarseUv(place, params.aroundTexel, textureDimensions(around)), 0).r;
  let here = textureLoad(lines, id.xy, 0).rgb;
  let fill = filled(light, light / max(LEAST_AROUND, lightAround), saturate(here.r), calmAround);
  let line = here.g * within(CLEAR, abs(here.g)) + params.detail * here.b;
  let sure = within(DIRECTION, anisotropy(textureSampleLevel(tensor, bilinear, coarseUv(place, params.tensorTexel, textureDimensions(tensor)), 0).rgb));
  textureStore(output, id.xy, vec4f(WHITE * (1 - params.fills * fill) + params.p * sure * line, 0, 0, 1));
}

// A dark thing before something lighter, not a dark sky; what is black anyhow; a shadow in a leveled tone, by its own blur.
fn filled(light: f32, relative: f32, calm: f32, calmAround: f32) -> f32 {
  let thing = within(DARK, light) * within(DARK_BESIDE, relative);
  let shadow = within(SHADOW, dodged(calm, calmAround, LIFT)) * within(SHADOW_TONE, calm);
  return max(max(thing, within(BLACK, light)), shadow);
}

// smoothstep from the first of a pair to the second, which may be the smaller one.
fn within(ends: vec2f, x: f32) -> f32 {
  let t = saturate((x - ends.x) / (ends.y - ends.x));
  return t * t * (3 - 2 * t);
}
