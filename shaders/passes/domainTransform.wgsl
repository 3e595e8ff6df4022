// Domain transform: ct_k = sum over i <= k of (1 + slope * |I_i - I_(i-1)|_1), along every row and along every column.
// Reads: source (rgb code values in [0, 1]). Writes: across (rows) and down (columns) r32float, in px, from 1.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, eq. 11; summed in OpenCV's order.
struct Params { slope: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var across: texture_storage_2d<r32float, write>;
@group(0) @binding(3) var down: texture_storage_2d<r32float, write>;

// Colours that are fetched before any is used, so that a line waits for memory once in so many pixels.
const AHEAD = 8u;

// One invocation per line, the rows first. The sum is serial because f32 addition is not associative and windows are
// compared against it to the last bit.
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(source);
  if (id.x < size.y) {
    transformRow(id.x, size.x);
  } else if (id.x < size.y + size.x) {
    transformColumn(id.x - size.y, size.y);
  }
}

fn transformRow(y: u32, width: u32) {
  var previous = textureLoad(source, vec2u(0, y), 0).rgb;
  var ct = 0.0;
  for (var start = 0u; start < width; start += AHEAD) {
    var colors: array<vec3f, AHEAD>;
    for (var i = 0u; i < AHEAD; i++) { colors[i] = textureLoad(source, vec2u(min(start + i, width - 1), y), 0).rgb; }
    for (var i = 0u; i < min(AHEAD, width - start); i++) {
      ct += step(colors[i], previous);
      previous = colors[i];
      textureStore(across, vec2u(start + i, y), vec4f(ct));
    }
  }
}
