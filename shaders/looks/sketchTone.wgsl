// Tone and contours of a graphite drawing: dark = darkest (1 - e^(-1.35 d / darkest)), d = tone (1 - calm)^1.5 + local (1 - dodge(calm)); edge = the lines of lib/lines.
// Reads: lines and tangents (passes/lineField), blurred (r calm, coarse). Writes: output rgba8unorm: r dark, g edge, both [0, 1]; b 0, a 1.
// Source: the colour dodge of any photo editor; H. Winnemoeller, J. E. Kyprianidis and S. Olsen, "XDoG", 2012; the shoulder is ours.
import package::lib::enlarge::coarseUv;
import package::lib::lines::{ contourAt, dodged };

struct Params { tone: f32, local: f32, darkest: f32, threshold: f32, blurredTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var lines: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var blurred: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba8unorm, write>;

const SHADE = 1.5;
const LIFT = 0.04;
const SHOULDER = 1.35;
const SOFTNESS = 2.0;
// Of fine and broad lines: the point and the side of the pencil.
const WEIGHTS = vec2f(0.85, 0.9);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let calm = saturate(textureLoad(lines, id.xy, 0).r);
  let around = textureSampleLevel(blurred, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.blurredTexel, textureDimensions(blurred)), 0).r;
  let wanted = params.tone * pow(1 - calm, SHADE) + params.local * (1 - dodged(calm, around, LIFT));
  // Darks are shaded, no black holes.
  let dark = params.darkest * (1 - exp(-SHOULDER * wanted / params.darkest));
  let edge = contourAt(lines, tangents, id.xy, params.threshold, SOFTNESS, WEIGHTS);
  textureStore(output, id.xy, vec4f(dark, edge, 0, 1));
}
