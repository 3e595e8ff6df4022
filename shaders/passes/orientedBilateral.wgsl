// Bilateral filter along one direction d of a flow: out(p) = sum k_i c(p + i d) / sum k_i over |i| <= steps, k_i = exp(-32 (space i^2 + |scale (c(p + i d) - c(p))|^2)).
// Reads: source (any colour, any range, interpolated, clamped at the edge), tangents (passes/tangentFlow, nearest). Writes: output rgba16float, range of the source, alpha 1.
// Source: J. E. Kyprianidis and J. Doellner, "Image Abstraction by Structure Adaptive Filtering", 2008, section 5.
import package::lib::bilateral::bell;
import package::lib::tangentAt::tangentAt;

// `direction`: the cosine and sine of the angle from the tangent to d. `stride`: px from tap to tap.
struct Params { direction: vec2f, stride: f32, steps: i32, space: f32, scale: vec3f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

// The colour at `at`, weighted, and its weight.
fn tap(at: vec2f, own: vec3f, space: f32) -> vec4f {
  let color = textureSampleLevel(source, bilinear, at, 0).rgb;
  let difference = params.scale * (color - own);
  return bell(space + dot(difference, difference)) * vec4f(color, 1);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let size = vec2f(textureDimensions(source));
  let tangent = tangentAt(tangents, id.xy, textureDimensions(source)).xy;
  let step = params.stride * vec2f(dot(params.direction, vec2f(tangent.x, -tangent.y)), dot(params.direction, tangent.yx)) / size;
  let here = (vec2f(id.xy) + 0.5) / size;
  let own = textureLoad(source, id.xy, 0).rgb;
  var sum = vec4f(own, 1);
  for (var i = 1; i <= params.steps; i++) {
    let space = params.space * f32(i * i);
    sum += tap(here + f32(i) * step, own, space) + tap(here - f32(i) * step, own, space);
  }
  textureStore(output, id.xy, vec4f(sum.rgb / sum.a, 1));
}
