// For each cell of the picture, which strokes of the cells around it may cover any of its pixels: bit k for the k-th of the window, row by row.
// Reads: strokes (lib/stroke). Writes: masks, 128 bits a cell.
// Source: none; a bound on the distance from the stroke's spine over the circle around the cell.
import package::lib::stroke::{ onSpine, REACH, spineOf, TEXELS };

// `columns` and `rows` count the cells of the picture; the grid has `pad` more beyond each border.
struct Params { cell: f32, pad: i32, columns: u32, rows: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> strokes: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> masks: array<vec4u>;

const SQRT_HALF = 0.7071067811865476;

fn mayTouch(at: u32, center: vec2f, radius: f32) -> bool {
  let spine = spineOf(strokes[at], strokes[at + 1]);
  let uv = onSpine(spine, center);
  // How far the spine can bend away from its place abreast of the centre.
  let bending = abs(spine.bend) * (2 * abs(uv.x) + radius) * radius;
  let ahead = uv.x < REACH.x * spine.forward + radius && uv.x > -REACH.x * spine.backward - radius;
  return spine.halfWidth > 0 && ahead && abs(uv.y) < REACH.y * spine.halfWidth + radius + bending;
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.columns || id.y >= params.rows) { return; }
  let side = 2 * u32(params.pad) + 1;
  let center = (vec2f(id.xy) + 0.5) * params.cell;
  var mask = vec4u(0);
  for (var k = 0u; k < side * side; k++) {
    let place = (id.y + k / side) * (params.columns + side - 1) + id.x + k % side;
    if (mayTouch(place * TEXELS, center, SQRT_HALF * params.cell)) { mask[k >> 5u] |= 1u << (k & 31u); }
  }
  masks[id.y * params.columns + id.x] = mask;
}
