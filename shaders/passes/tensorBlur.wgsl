// Gaussian of a structure tensor along one direction: out(p) = sum_i w_|i| in(p + i d), |i| <= reach, weights given and of sum 1.
// Reads: source (E, F, G, clamped at the edge). Writes: output rgba16float, the same scale.
// Source: J. E. Kyprianidis and J. Doellner, "Image Abstraction by Structure Adaptive Filtering", 2008, section 3 (half width 2 sigma).
struct Params { direction: vec2i, reach: i32, weights: array<vec4f, 8> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

// The last index of `weights`, so that no uniform can send the loop further.
const MAX_REACH = 31;

fn load(at: vec2i, last: vec2i) -> vec4f {
  return textureLoad(source, clamp(at, vec2i(0), last), 0);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2i(id.xy);
  let last = vec2i(textureDimensions(source)) - 1;
  var sum = params.weights[0].x * load(p, last);
  for (var i = 1; i <= min(params.reach, MAX_REACH); i++) {
    let d = i * params.direction;
    sum += params.weights[i >> 2][i & 3] * (load(p + d, last) + load(p - d, last));
  }
  textureStore(output, id.xy, sum);
}
