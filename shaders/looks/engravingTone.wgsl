// Tone and contours of an engraving: dark = 1 - calm^gamma mix(1, dodge(calm), 0.35); edge = the lines of lib/lines.
// Reads: lines and tangents (passes/lineField), blurred (r calm, coarse). Writes: output rgba8unorm: r dark, g edge, both [0, 1]; b 0, a 1.
// Source: the colour dodge of any photo editor; H. Winnemoeller, J. E. Kyprianidis and S. Olsen, "XDoG", 2012.
import package::lib::lines::{ dodged, lineDarkness, slopesAt };
import package::lib::tangentAt::tangentAt;

struct Params { gamma: f32, blurredTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var lines: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var blurred: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba8unorm, write>;

const LOCAL = 0.35;
const LIFT = 0.05;
// In L* units.
const THRESHOLD = 1.0;
const SOFTNESS = 1.5;
// Of fine and broad lines: the point and the belly of the burin.
const WEIGHTS = vec2f(0.95, 0.8);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(lines, id.xy, 0);
  let calm = saturate(here.r);
  let around = textureSampleLevel(blurred, bilinear, (vec2f(id.xy) + 0.5) / (params.blurredTexel * vec2f(textureDimensions(blurred))), 0).r;
  let dark = saturate(1 - pow(calm, params.gamma) * mix(1, dodged(calm, around, LIFT), LOCAL));
  let edge = lineDarkness(here.gb, slopesAt(lines, vec2i(id.xy)).gb, tangentAt(tangents, id.xy, textureDimensions(lines)).z, THRESHOLD, SOFTNESS, WEIGHTS);
  textureStore(output, id.xy, vec4f(dark, edge, 0, 1));
}
