// What a woodcut is cut after: tone = calm mix(1, dodge(calm), 0.3), and the responses of lines where the flow is sure of its direction.
// Reads: lines and tangents (passes/lineField), blurred (r calm, coarse). Writes: output rgba16float: r tone [0, 1]; g fine and b broad responses in L* units, times a; a sureness [0, 1].
// Source: the colour dodge of any photo editor; ours.
import package::lib::lines::dodged;
import package::lib::tangentAt::tangentAt;

struct Params { blurredTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var lines: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var blurred: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba16float, write>;

const LOCAL = 0.3;
const LIFT = 0.04;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(lines, id.xy, 0);
  let calm = saturate(here.r);
  let around = textureSampleLevel(blurred, bilinear, (vec2f(id.xy) + 0.5) / (params.blurredTexel * vec2f(textureDimensions(blurred))), 0).r;
  let tone = saturate(calm * mix(1, dodged(calm, around, LIFT), LOCAL));
  let sure = smoothstep(0.1, 0.4, tangentAt(tangents, id.xy, textureDimensions(lines)).z);
  textureStore(output, id.xy, vec4f(tone, sure * here.gb, sure));
}
