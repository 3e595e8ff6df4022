// A small copy of a picture: one pixel of each cell of stride x stride, anywhere in it, so that no pattern of the picture keeps step with the cells.
// Reads: colors (OKLab), source (alpha). Writes: samples, (vector of lib/palette, alpha) by rows; bins, how many samples are in a bin of colours, in 255ths, added to 0.
// Source: jittered sampling, as in any text on it.
import package::lib::noise::hash01;
import package::lib::palette::{ binOf, toVector };

struct Params { stride: u32, columns: u32, rows: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var colors: texture_2d<f32>;
@group(0) @binding(2) var source: texture_2d<f32>;
@group(0) @binding(3) var<storage, read_write> samples: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> bins: array<atomic<u32>>;

const ACROSS = 1u;
const DOWN = 2u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.columns || id.y >= params.rows) { return; }
  let cell = vec2i(id.xy);
  let jitter = vec2f(hash01(cell.x, cell.y, ACROSS), hash01(cell.x, cell.y, DOWN));
  let p = min(vec2u((vec2f(id.xy) + jitter) * f32(params.stride)), textureDimensions(colors) - 1);
  let vector = toVector(textureLoad(colors, p, 0).xyz);
  let alpha = textureLoad(source, p, 0).a;
  samples[id.y * params.columns + id.x] = vec4f(vector, alpha);
  atomicAdd(&bins[binOf(vector)], u32(round(255 * alpha)));
}
