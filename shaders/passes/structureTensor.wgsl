// Structure tensor of one pixel: E = gx.gx, F = gx.gy, G = gy.gy with the Sobel gradient / 4 of each channel, times TENSOR_SCALE.
// Reads: source (rgb sRGB code values, clamped at the edge). Writes: output rgba16float, (E, F, G, 1), |.| <= 3 TENSOR_SCALE.
// `?half` writes the mean of 2x2 pixels at half the size. Source: J. E. Kyprianidis and J. Doellner, "Image Abstraction by Structure Adaptive Filtering", 2008, section 3.
@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;

// The tensor of weak texture is about 1e-6, below the normal range of half floats (6e-5); 3 * 256 is far from their end (65504).
const TENSOR_SCALE = 256.0;

fn load(at: vec2i) -> vec3f {
  return textureLoad(source, clamp(at, vec2i(0), vec2i(textureDimensions(source)) - 1), 0).rgb;
}

fn tensorOf(gx: vec3f, gy: vec3f) -> vec3f {
  return vec3f(dot(gx, gx), dot(gx, gy), dot(gy, gy));
}

@if(half)
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let last = vec2i(textureDimensions(source)) - 1;
  var sum = vec3f(0);
  // Four full pixels; where the size is odd the last one counts twice, as an edge that is clamped.
  for (var i = 0; i < 4; i++) {
    let p = min(2 * vec2i(id.xy) + vec2i(i & 1, i >> 1), last);
    sum += tensorAt(p);
  }
  textureStore(output, id.xy, vec4f(sum * (TENSOR_SCALE / 4), 1));
}
@else
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(tensorAt(vec2i(id.xy)) * TENSOR_SCALE, 1));
}

fn tensorAt(p: vec2i) -> vec3f {
  let nw = load(p + vec2i(-1, -1));
  let n = load(p + vec2i(0, -1));
  let ne = load(p + vec2i(1, -1));
  let w = load(p + vec2i(-1, 0));
  let e = load(p + vec2i(1, 0));
  let sw = load(p + vec2i(-1, 1));
  let s = load(p + vec2i(0, 1));
  let se = load(p + vec2i(1, 1));
  let gx = 0.25 * (ne + 2 * e + se - nw - 2 * w - sw);
  let gy = 0.25 * (sw + 2 * s + se - nw - 2 * n - ne);
  return tensorOf(gx, gy);
}
