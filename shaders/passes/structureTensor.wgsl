// Structure tensor of one pixel: E = gx.gx, F = gx.gy, G = gy.gy with the gradient of each channel, times TENSOR_SCALE; side 1/4 is Sobel / 4.
// Reads: source (rgb sRGB code values, clamped at the edge). Writes: output rgba16float, (E, F, G, 1), |.| <= 3 TENSOR_SCALE.
// `?half` writes the mean of 2x2 pixels at half the size. Source: J. E. Kyprianidis and J. Doellner, "Image Abstraction by Structure Adaptive Filtering", 2008, section 3.
import package::lib::structureTensor::TENSOR_SCALE;

// `side`: weight of the two outer of three neighbours.
struct Params { side: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

fn load(x: i32, y: i32, last: vec2i) -> vec3f {
  return textureLoad(source, clamp(vec2i(x, y), vec2i(0), last), 0).rgb;
}

fn tensorOf(gx: vec3f, gy: vec3f) -> vec3f {
  return vec3f(dot(gx, gx), dot(gx, gy), dot(gy, gy));
}

// Difference and smoothed value along x at one pixel: the kernels are these, smoothed and differenced along y.
struct RowGradient { difference: vec3f, weighted: vec3f }

fn rowGradient(a: vec3f, b: vec3f, c: vec3f) -> RowGradient {
  return RowGradient(c - a, mix(b, 0.5 * (a + c), 2 * params.side));
}

fn gradientTensor(above: RowGradient, own: RowGradient, below: RowGradient) -> vec3f {
  return tensorOf(mix(own.difference, 0.5 * (above.difference + below.difference), 2 * params.side), below.weighted - above.weighted);
}

@if(half)
struct PairGradient { left: RowGradient, right: RowGradient }

@if(half)
fn pairGradient(x: i32, y: i32, last: vec2i) -> PairGradient {
  let a = load(x - 1, y, last);
  let b = load(x, y, last);
  let c = load(x + 1, y, last);
  let d = load(x + 2, y, last);
  return PairGradient(rowGradient(a, b, c), rowGradient(b, c, d));
}

@if(half)
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let last = vec2i(textureDimensions(source)) - 1;
  let p = 2 * vec2i(id.xy);
  let r0 = pairGradient(p.x, p.y - 1, last);
  let r1 = pairGradient(p.x, p.y, last);
  let r2 = pairGradient(p.x, p.y + 1, last);
  let r3 = pairGradient(p.x, p.y + 2, last);
  let sum = gradientTensor(r0.left, r1.left, r2.left) + gradientTensor(r0.right, r1.right, r2.right) + gradientTensor(r1.left, r2.left, r3.left) + gradientTensor(r1.right, r2.right, r3.right);
  textureStore(output, id.xy, vec4f(sum * (TENSOR_SCALE / 4), 1));
}
@if(!half)
fn rowAt(x: i32, y: i32, last: vec2i) -> RowGradient {
  return rowGradient(load(x - 1, y, last), load(x, y, last), load(x + 1, y, last));
}

@if(!half)
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let last = vec2i(textureDimensions(source)) - 1;
  let p = vec2i(id.xy);
  textureStore(output, id.xy, vec4f(gradientTensor(rowAt(p.x, p.y - 1, last), rowAt(p.x, p.y, last), rowAt(p.x, p.y + 1, last)) * TENSOR_SCALE, 1));
}
