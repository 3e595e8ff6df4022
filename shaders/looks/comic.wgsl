// A page of a comic: flat colours whose lightness is in soft steps, a dot screen in the shadows, ink on lines and in the deepest darks.
// Reads: colors (OKLab), tones (low, high and gain of passes/levels), edges (looks/comicEdges), near and far (r light, looks/comicLight blurred, coarse, interpolated). Writes: output rgba8unorm,
// sRGB code values, alpha 1.
// Source: H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006 (steps driven by the gradient); the numbers are ours.
import package::lib::color::fromOklab;
import package::lib::comicLight::comicLight;
import package::lib::enlarge::coarseUv;
import package::lib::lines::{ aaStep, slopesAt };
import package::lib::screen::screen;
import package::lib::softQuantise::{ softQuantised, steepnessAt };

// `nearTexel`, `farTexel`: px in a texel of near and far. `unit`, `period` in px.
struct Params { bins: f32, saturation: f32, dots: f32, period: f32, unit: f32, nearTexel: f32, farTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var colors: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> tones: vec4f;
@group(0) @binding(3) var edges: texture_2d<f32>;
@group(0) @binding(4) var near: texture_2d<f32>;
@group(0) @binding(5) var far: texture_2d<f32>;
@group(0) @binding(6) var bilinear: sampler;
@group(0) @binding(7) var output: texture_storage_2d<rgba8unorm, write>;

// Of the steps, in flat places and at edges.
const STEEPNESS = vec2f(2.5, 12);
// Lightness of the darkest colour; what is darker is ink.
const DARKEST = 0.1;
// From this light on a shadow has dots, and below the second as many as it can have: this share of the page, this dark.
const SHADOW = vec2f(0.55, 0.18);
const MOST_DOTS = 0.6;
const DOT_DARKNESS = 0.55;
const DIAGONAL = vec2f(0.70710678);
// Light from which deep darks turn into ink, and where they are, this dark.
const DEEP = vec2f(0.1, 0.04);
const DEEP_DARKNESS = 0.9;
// How dark a line is where ink begins, and where it is whole.
const INKED = vec2f(0.15, 0.6);
const INK = vec3f(0.05, 0.04, 0.08);

fn nearAt(p: vec2f) -> f32 {
  return textureSampleLevel(near, bilinear, coarseUv(p, params.nearTexel, textureDimensions(near)), 0).r;
}

fn slopeAt(p: vec2f) -> f32 {
  return 0.5 * length(vec2f(nearAt(p + vec2f(1, 0)) - nearAt(p - vec2f(1, 0)), nearAt(p + vec2f(0, 1)) - nearAt(p - vec2f(0, 1))));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy) + 0.5;
  let lab = textureLoad(colors, id.xy, 0).xyz;
  let light = comicLight(lab.x, tones.xyz);
  let stepped = softQuantised(params.bins * light, steepnessAt(slopeAt(p), params.unit, params.bins, STEEPNESS)) / params.bins;
  let color = saturate(fromOklab(vec3f(mix(DARKEST, 1, stepped), params.saturation * lab.yz)));

  let around = textureSampleLevel(far, bilinear, coarseUv(p, params.farTexel, textureDimensions(far)), 0).r;
  let shadow = 1 - smoothstep(SHADOW.y, SHADOW.x, around);
  let dots = params.dots * DOT_DARKNESS * screen(MOST_DOTS * shadow, vec2f(id.xy), DIAGONAL, params.period);

  let line = aaStep(INKED.x, INKED.y, textureLoad(edges, id.xy, 0).r, slopesAt(edges, vec2i(id.xy)).r);
  let ink = max(line, DEEP_DARKNESS * (1 - smoothstep(DEEP.y, DEEP.x, light)));
  textureStore(output, id.xy, vec4f(mix((1 - dots) * color, INK, ink), 1));
}
