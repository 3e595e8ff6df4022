// The masses of a charcoal drawing before they are smudged: 0.8 (1 - l)^1.3 + 0.55 (1 - dodge(l)), drawn three quarters of the way to one of four values.
// Reads: tones (g l, lightness of the large shapes, [0, 1]), blurred (g, coarse). Writes: output rgba16float, r the mass, [0, 1]; g and b 0, a 1.
// Source: the colour dodge of any photo editor; H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006 (soft quantisation).
import package::lib::enlarge::coarseUv;
import package::lib::lines::dodged;
import package::lib::softSteps::softSteps;

struct Params { blurredTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tones: texture_2d<f32>;
@group(0) @binding(2) var blurred: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

const SHADE = 1.3;
const SHADE_SHARE = 0.8;
const DODGE_SHARE = 0.55;
const LIFT = 0.06;
// Paper, two half-tones and black are all the values that a stick of charcoal wants; how soft their borders are, and how much of the drawing obeys.
const VALUES = 3.0;
const RISER = 0.7;
const GROUPED = 0.75;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let tone = saturate(textureLoad(tones, id.xy, 0).g);
  let around = textureSampleLevel(blurred, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.blurredTexel, textureDimensions(blurred)), 0).g;
  let dark = saturate(SHADE_SHARE * pow(1 - tone, SHADE) + DODGE_SHARE * (1 - dodged(tone, around, LIFT)));
  textureStore(output, id.xy, vec4f(mix(dark, softSteps(dark, VALUES, RISER, 0), GROUPED), 0, 0, 1));
}
