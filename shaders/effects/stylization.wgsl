// Darkened edges: out = smoothed * (1 - sum over channels of sqrt(gx^2 + gy^2)), gx and gy the Sobel sums (not normalised), rounded to 8 bits.
// Reads: smoothed (rgb code values in [0, 1]), mirrored at its borders without repeating them. Writes: output rgba16float, rgb code values, alpha 1.
// Source: OpenCV modules/photo, stylization.
import package::lib::reflect::reflected;

@group(0) @binding(0) var smoothed: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;

// Each invocation goes down this many pixels, so that a pixel is loaded three times and not nine.
const ROWS = 8;

// What both Sobel sums need of three neighbours in a row, and the one in the middle.
struct Row { difference: vec3f, sum: vec3f, here: vec3f }

@compute @workgroup_size(32, 2)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = vec2i(textureDimensions(output));
  let x = i32(id.x);
  let first = i32(id.y) * ROWS;
  if (x >= size.x || first >= size.y) { return; }
  var before = rowAt(x, first - 1);
  var here = rowAt(x, first);
  for (var y = first; y < min(first + ROWS, size.y); y++) {
    let after = rowAt(x, y + 1);
    let gx = before.difference + 2 * here.difference + after.difference;
    let gy = after.sum - before.sum;
    let edge = sqrt(gx * gx + gy * gy);
    let rgb = here.here * (1 - (edge.r + edge.g + edge.b));
    textureStore(output, vec2i(x, y), vec4f(round(clamp(rgb, vec3f(0), vec3f(1)) * 255) / 255, 1));
    before = here;
    here = after;
  }
}

fn rowAt(x: i32, y: i32) -> Row {
  let west = colorAt(x - 1, y);
  let here = colorAt(x, y);
  let east = colorAt(x + 1, y);
  return Row(east - west, west + 2 * here + east, here);
}

fn colorAt(x: i32, y: i32) -> vec3f {
  return textureLoad(smoothed, reflected(vec2i(x, y), textureDimensions(smoothed)), 0).rgb;
}
