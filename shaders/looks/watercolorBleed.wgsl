// One direction of a Gaussian with a sigma of its own for each channel, perhaps of a smaller copy: out(p) = sum over |i| <= radius of weights(|i|) source(texel (p + i direction)).
// Reads: source (interpolated: with texels of 2 px a tap is the mean of 2x2), clamped at the edge. Writes: output rgba16float, range of the source.
// Source: separable filtering, as in any text on image processing.

// `texel`: px of the source per texel of the output. `weights`: by distance, one for each channel; those of a channel sum to 1 over both sides.
struct Params { direction: vec2f, texel: f32, radius: i32, weights: array<vec4f, 64> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var bilinear: sampler;
@group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let scale = params.texel / vec2f(textureDimensions(source));
  let start = (vec2f(id.xy) + 0.5) * scale;
  let step = params.direction * scale;
  var sum = vec4f(0);
  for (var i = -params.radius; i <= params.radius; i++) {
    sum += params.weights[abs(i)] * textureSampleLevel(source, bilinear, start + f32(i) * step, 0);
  }
  textureStore(output, id.xy, sum);
}
