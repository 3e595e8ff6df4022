// Few mixed tones: the broad picture, or the fine one where detail would be lost, in steps of OKLab lightness and chroma, matt. The contours of the steps wander with a noise.
// Reads: broad, fine (rgb sRGB code values, equal size), lost (r, rgb distance of the two, blurred, interpolated), noise (r in [0, 1]). Writes: output rgba8unorm, sRGB code values.
// Source: H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006 (soft quantisation); B. Ottosson, "A perceptual color space for image processing", 2020.
import package::lib::color::{ fromOklab, toOklab };
import package::lib::enlarge::coarseUv;
import package::lib::softSteps::softSteps;

// `low` and `high`: the loss from which the fine picture shows, and shows alone. `factor`: side of a texel of `lost` in px.
struct Params { factor: f32, low: f32, high: f32, tones: f32, flatness: f32, color: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var broad: texture_2d<f32>;
@group(0) @binding(2) var fine: texture_2d<f32>;
@group(0) @binding(3) var lost: texture_2d<f32>;
@group(0) @binding(4) var noise: texture_2d<f32>;
@group(0) @binding(5) var bilinear: sampler;
@group(0) @binding(6) var output: texture_storage_2d<rgba8unorm, write>;

// How far the noise moves a contour, in treads from end to end.
const WANDER = 0.42;
const LIGHTNESS_RISER = 0.2;
// Chroma has so many steps up to this one, and is only half stepped: hues stay apart.
const MOST_CHROMA = 0.3;
const CHROMA_STEPS = 6.0;
const CHROMA_RISER = 0.35;
const CHROMA_FLATNESS = 0.55;
const CHROMA_WANDER = 0.7;
const CHROMA_SHIFT = 0.15;
// A grey that is stepped up would take a hue from noise, one that is stepped down would lose its own.
const CHROMA_GAIN = vec2f(0.3, 1.6);
// Gouache has no black and hardly a white: its lightness goes from the first to the sum of both.
const MATT = vec2f(0.13, 0.845);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let loss = textureSampleLevel(lost, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.factor, textureDimensions(lost)), 0).r;
  let worked = smoothstep(params.low, params.high, loss);
  let lab = toOklab(mix(textureLoad(broad, id.xy, 0).rgb, textureLoad(fine, id.xy, 0).rgb, worked));
  // Fine work keeps its contours.
  let shift = WANDER * (textureLoad(noise, id.xy, 0).r - 0.5) * (1 - worked);
  let lightness = mix(lab.x, softSteps(lab.x, params.tones, LIGHTNESS_RISER, shift), params.flatness);
  let chroma = length(lab.yz);
  let stepped = MOST_CHROMA * softSteps(chroma / MOST_CHROMA, CHROMA_STEPS, CHROMA_RISER, CHROMA_WANDER * shift + CHROMA_SHIFT);
  let gain = clamp(mix(chroma, stepped, CHROMA_FLATNESS) / max(chroma, 1e-3), CHROMA_GAIN.x, CHROMA_GAIN.y);
  textureStore(output, id.xy, vec4f(fromOklab(vec3f(MATT.x + MATT.y * lightness, params.color * gain * lab.yz)), 1));
}
