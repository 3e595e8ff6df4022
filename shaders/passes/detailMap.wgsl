// How far two pictures differ, at half their size: out = mean of |a - b| over 2x2 pixels.
// Reads: fine, broad (rgb sRGB code values, equal size, clamped at the edge). Writes: output rgba16float, [0, sqrt 3] in all channels.
// Source: A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", 1998, section 2.1 (the misfit).
@group(0) @binding(0) var fine: texture_2d<f32>;
@group(0) @binding(1) var broad: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

fn distanceAt(p: vec2u) -> f32 {
  let at = min(p, textureDimensions(fine) - 1);
  return distance(textureLoad(fine, at, 0).rgb, textureLoad(broad, at, 0).rgb);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = 2 * id.xy;
  let sum = distanceAt(p) + distanceAt(p + vec2u(1, 0)) + distanceAt(p + vec2u(0, 1)) + distanceAt(p + 1);
  textureStore(output, id.xy, vec4f(0.25 * sum));
}
