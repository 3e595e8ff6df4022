// What a pen or a burin needs to know of a picture: how dark it is, dark = 1 - calm^gamma mix(1, dodge(calm), local), and where its contours are, the lines of lib/lines.
// Reads: lines and tangents (passes/lineField), blurred (r calm, coarse). Writes: output rgba8unorm: r dark, g edge, both [0, 1]; b 0, a 1.
// Source: the colour dodge of any photo editor; H. Winnemoeller, J. E. Kyprianidis and S. Olsen, "XDoG", 2012.
import package::lib::enlarge::coarseUv;
import package::lib::lines::{ contourAt, dodged };

// `local`: share of the dodge; `threshold` and `softness` of contours in L* units, `weights` of fine and broad ones. `blurredTexel`: px per texel.
struct Params { gamma: f32, local: f32, threshold: f32, softness: f32, weights: vec2f, blurredTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var lines: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var blurred: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba8unorm, write>;

// Keeps the noise of blacks from becoming texture.
const LIFT = 0.05;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let calm = saturate(textureLoad(lines, id.xy, 0).r);
  let around = textureSampleLevel(blurred, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.blurredTexel, textureDimensions(blurred)), 0).r;
  let dark = saturate(1 - pow(calm, params.gamma) * mix(1, dodged(calm, around, LIFT), params.local));
  let edge = contourAt(lines, tangents, id.xy, params.threshold, params.softness, params.weights);
  textureStore(output, id.xy, vec4f(dark, edge, 0, 1));
}
