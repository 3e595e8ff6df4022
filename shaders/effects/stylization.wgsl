// Darkened edges: out = smooth * (1 - sum over channels of sqrt(gx^2 + gy^2)), gx and gy the Sobel sums (not normalised), rounded to 8 bits.
// Reads: smooth (rgb code values in [0, 1]), mirrored at its borders without repeating them. Writes: output rgba16float, rgb code values, alpha 1.
// Source: OpenCV modules/photo, stylization.
@group(0) @binding(0) var smoothed: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2i(id.xy);
  let northWest = at(p, -1, -1);
  let north = at(p, 0, -1);
  let northEast = at(p, 1, -1);
  let west = at(p, -1, 0);
  let east = at(p, 1, 0);
  let southWest = at(p, -1, 1);
  let south = at(p, 0, 1);
  let southEast = at(p, 1, 1);
  let gx = (northEast - northWest) + 2 * (east - west) + (southEast - southWest);
  let gy = (southWest - northWest) + 2 * (south - north) + (southEast - northEast);
  let edge = sqrt(gx * gx + gy * gy);
  let rgb = at(p, 0, 0) * (1 - (edge.r + edge.g + edge.b));
  textureStore(output, id.xy, vec4f(round(clamp(rgb, vec3f(0), vec3f(1)) * 255) / 255, 1));
}

fn at(p: vec2i, dx: i32, dy: i32) -> vec3f {
  // Mirrored about the border pixel; a picture of one row or column has only that.
  let last = vec2i(textureDimensions(smoothed)) - 1;
  let q = abs(p + vec2i(dx, dy));
  return textureLoad(smoothed, clamp(last - abs(last - q), vec2i(0), last), 0).rgb;
}
