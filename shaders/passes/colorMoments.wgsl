// Half-size level that keeps the variance: mean of c - 1/2 and mean of |c - 1/2|^2 over 2x2 pixels.
// Reads: source (rgb sRGB code values, clamped at the edge). Writes: output rgba16float at half the size, rounded up: rgb in [-0.5, 0.5], alpha in [0, 0.75].
// Source: performance.md 9.1; the two moments are what any variance filter needs (E[c^2] - E[c]^2), and unlike a plain mip they can be averaged.
import package::lib::kuwahara::CENTER;

@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let last = vec2i(textureDimensions(source)) - 1;
  var mean = vec3f(0);
  var square = 0.0;
  for (var i = 0; i < 4; i++) {
    let color = textureLoad(source, min(2 * vec2i(id.xy) + vec2i(i & 1, i >> 1), last), 0).rgb - CENTER;
    mean += color / 4;
    square += dot(color, color) / 4;
  }
  // The square must fit the mean as it is stored, or rounding would look like a variance.
  let rg = unpack2x16float(pack2x16float(mean.rg));
  let stored = vec3f(rg, unpack2x16float(pack2x16float(vec2f(mean.b, 0))).x);
  textureStore(output, id.xy, vec4f(stored, square - dot(mean, mean) + dot(stored, stored)));
}
