// Darkened edges: out = smoothed * (1 - sum over channels of sqrt(gx^2 + gy^2)), gx and gy the Sobel sums (not normalised), rounded to 8 bits.
// Reads: smoothed (rgb code values in [0, 1]), mirrored at its borders without repeating them. Writes: output rgba16float, rgb code values, alpha 1.
// Source: OpenCV modules/photo, stylization.
@group(0) @binding(0) var smoothed: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  // Mirrored about the border pixel; a picture of one row or column has only that.
  let last = vec2i(textureDimensions(smoothed)) - 1;
  let here = vec2i(id.xy);
  let before = min(abs(here - 1), last);
  let after = max(last - abs(last - here - 1), vec2i(0));
  let northWest = colorAt(before.x, before.y);
  let north = colorAt(here.x, before.y);
  let northEast = colorAt(after.x, before.y);
  let west = colorAt(before.x, here.y);
  let east = colorAt(after.x, here.y);
  let southWest = colorAt(before.x, after.y);
  let south = colorAt(here.x, after.y);
  let southEast = colorAt(after.x, after.y);
  let gx = (northEast - northWest) + 2 * (east - west) + (southEast - southWest);
  let gy = (southWest - northWest) + 2 * (south - north) + (southEast - northEast);
  let edge = sqrt(gx * gx + gy * gy);
  let rgb = colorAt(here.x, here.y) * (1 - (edge.r + edge.g + edge.b));
  textureStore(output, id.xy, vec4f(round(clamp(rgb, vec3f(0), vec3f(1)) * 255) / 255, 1));
}

fn colorAt(x: i32, y: i32) -> vec3f {
  return textureLoad(smoothed, vec2i(x, y), 0).rgb;
}
