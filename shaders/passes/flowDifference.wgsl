// Difference of two Gaussians across the edge: d = sum over |i| <= radius of weights(|i|) source(p + i n), n the normal. Dark lines are negative.
// Reads: source (r in [0, 1], interpolated, clamped), tangents (passes/tangentFlow, nearest). Writes: output rgba8unorm, lib/lineStrength in r; alpha 1.
// Source: H. Winnemoeller, J. E. Kyprianidis and S. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium", 2012, section 2.4 (flow-based).
import package::lib::lineStrength::packLine;

struct Params { radius: i32, weights: array<vec4f, 49> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

fn weight(i: i32) -> f32 {
  let distance = abs(i);
  return params.weights[distance >> 2u][distance & 3];
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let size = vec2f(textureDimensions(source));
  let tangent = textureLoad(tangents, min(id.xy * textureDimensions(tangents) / textureDimensions(source), textureDimensions(tangents) - 1), 0).xy;
  let start = (vec2f(id.xy) + 0.5) / size;
  let step = vec2f(-tangent.y, tangent.x) / size;
  var sum = 0.0;
  for (var i = -params.radius; i <= params.radius; i++) { sum += weight(i) * textureSampleLevel(source, bilinear, start + f32(i) * step, 0).r; }
  textureStore(output, id.xy, vec4f(vec3f(packLine(sum)), 1));
}
