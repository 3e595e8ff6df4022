// Weighted difference of two Gaussians, one direction of two: with `rows` both along rows, n(p) = sum over |i| <= radius of a(|i|) source(p + i), w(p) likewise with b;
// else down columns, out(p) = sum of a(|i|) n(p + i) + b(|i|) w(p + i).
// Reads: source (with `rows` a number in r, else what that wrote), clamped at the edge. Writes: output rgba16float, range of the source: with `rows` n as r + g and w as b + a, else the
// sum in r; g and b 0, a 1.
// Source: D. Marr and E. Hildreth, "Theory of Edge Detection", 1980.
@if(rows) import package::lib::halves::halvesOf;

// `weights`: (a, b) of the distances 0 and 1, of 2 and 3 …
struct Params { radius: i32, weights: array<vec4f, 98> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

@if(rows) const STEP = vec2i(1, 0);
@else const STEP = vec2i(0, 1);
// One number and the sums of two, or two numbers and their one sum.
@if(rows) alias Value = f32;
@else alias Value = vec2f;
@if(rows) alias Sum = vec2f;
@else alias Sum = f32;
@if(rows) fn numbersOf(texel: vec4f) -> Value { return texel.r; }
@else fn numbersOf(texel: vec4f) -> Value { return texel.rb + texel.ga; }
@if(rows) fn weighted(weight: vec2f, value: Value) -> Sum { return weight * value; }
@else fn weighted(weight: vec2f, value: Value) -> Sum { return dot(weight, value); }
@if(rows) fn texelOf(sum: Sum) -> vec4f { return vec4f(halvesOf(sum.x), halvesOf(sum.y)); }
@else fn texelOf(sum: Sum) -> vec4f { return vec4f(sum, 0, 0, 1); }

fn load(at: vec2i) -> Value {
  return numbersOf(textureLoad(source, clamp(at, vec2i(0), vec2i(textureDimensions(source)) - 1), 0));
}

fn weight(i: i32) -> vec2f {
  let pair = params.weights[abs(i) >> 1u];
  return select(pair.zw, pair.xy, (i & 1) == 0);
}

// Each invocation makes four outputs in a row, so that a texel is loaded once for four sums.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let first = vec2i(id.xy) * (1 + 3 * STEP);
  if (any(vec2u(first) >= textureDimensions(output))) { return; }
  var at = first - params.radius * STEP;
  var a = load(at);
  var b = load(at + STEP);
  var c = load(at + 2 * STEP);
  at += 3 * STEP;
  var sums = array<Sum, 4>();
  for (var i = -params.radius; i <= params.radius; i++) {
    let d = load(at);
    let w = weight(i);
    sums[0] += weighted(w, a);
    sums[1] += weighted(w, b);
    sums[2] += weighted(w, c);
    sums[3] += weighted(w, d);
    a = b;
    b = c;
    c = d;
    at += STEP;
  }
  // A store beyond the edge does nothing.
  for (var k = 0; k < 4; k++) { textureStore(output, first + k * STEP, texelOf(sums[k])); }
}
