// One direction of a separable Gaussian: out(p) = sum over |i| <= radius of weight(|i|) source(p + i direction); the weights sum to 1.
// Reads: source (any format), clamped at the edge. Writes: output rgba16float, or with `scalar` r32float from dot(source, channels); same range.
// Source: separable filtering, as in any text on image processing; four outputs share the texels that one invocation loads.
struct Params { direction: vec2i, radius: i32, channels: vec4f, weights: array<vec4f, 49> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@if(scalar) @group(0) @binding(2) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

@if(scalar) alias Value = f32;
@else alias Value = vec4f;
@if(scalar) fn selected(texel: vec4f) -> Value { return dot(texel, params.channels); }
@else fn selected(texel: vec4f) -> Value { return texel; }

fn load(at: vec2i) -> Value {
  return selected(textureLoad(source, clamp(at, vec2i(0), vec2i(textureDimensions(source)) - 1), 0));
}

fn weight(i: i32) -> f32 {
  let distance = abs(i);
  return params.weights[distance >> 2u][distance & 3];
}

// Each invocation makes four outputs in a row, so that a texel is loaded once for four sums: 3 x fewer loads than one output each.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let step = params.direction;
  let first = vec2i(id.xy) * (1 + 3 * step);
  if (any(vec2u(first) >= textureDimensions(output))) { return; }
  var at = first - params.radius * step;
  var a = load(at);
  var b = load(at + step);
  var c = load(at + 2 * step);
  at += 3 * step;
  var sums = array<Value, 4>();
  for (var i = -params.radius; i <= params.radius; i++) {
    let d = load(at);
    let w = weight(i);
    sums[0] += w * a;
    sums[1] += w * b;
    sums[2] += w * c;
    sums[3] += w * d;
    a = b;
    b = c;
    c = d;
    at += step;
  }
  // A store beyond the edge does nothing.
  for (var k = 0; k < 4; k++) { textureStore(output, first + k * step, vec4f(sums[k])); }
}
