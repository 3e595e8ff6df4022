// Bilateral filter by cells: as bilateral.wgsl, but of the pixels only those in the cell of the output count one by one, other cells as that many of their mean colour.
// Reads: source (straight rgb code values, alpha in a), cells (packCells.wgsl). Writes: output rgba8unorm, rgb sRGB code values, alpha 1.
// Source: C. Tomasi, R. Manduchi, "Bilateral Filtering for Gray and Color Images", 1998; distances are OpenCV's.
import package::lib::bilateral::tap;

// `factor`: the side of a cell in pixels. `reach`, `margin` and `width`: how far cells count, how many there are beyond an edge and in a row, in cells.
struct Params { color: f32, space: f32, reach: f32, factor: i32, margin: i32, width: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> cells: array<u32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// Something of each output of an invocation: two by two pixels in one cell.
struct Block { a: vec4f, b: vec4f, c: vec4f, d: vec4f }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = vec2i(textureDimensions(output));
  let first = vec2i(2 * id.xy);
  if (any(first >= size)) { return; }
  let own = Block(load(first, size), load(first + vec2i(1, 0), size), load(first + vec2i(0, 1), size), load(first + vec2i(1, 1), size));
  var sum = Block();
  let cell = first / params.factor;
  addPixels(&sum, own, cell * params.factor, first, size);
  addCells(&sum, own, cell, first);
  store(first, sum.a, own.a);
  store(first + vec2i(1, 0), sum.b, own.b);
  store(first + vec2i(0, 1), sum.c, own.c);
  store(first + vec2i(1, 1), sum.d, own.d);
}

// A cell at the edge goes on beyond it by reflection, as its mean does; so short a way needs no more than this.
fn load(at: vec2i, size: vec2i) -> vec4f {
  let last = size - 1;
  return textureLoad(source, min(abs(last - abs(last - at)), last), 0);
}

fn addPixels(sum: ptr<function, Block>, own: Block, corner: vec2i, first: vec2i, size: vec2i) {
  let share = vec4f(1, 1, 1, 1 / f32(params.factor * params.factor));
  add(sum, own, own.a * share, vec2f(0, 0));
  add(sum, own, own.b * share, vec2f(1, 0));
  add(sum, own, own.c * share, vec2f(0, 1));
  add(sum, own, own.d * share, vec2f(1, 1));
  // A cell of two by two pixels is the block itself.
  let end = select(params.factor, 0, params.factor == 2);
  for (var y = 0; y < end; y++) {
    for (var x = 0; x < end; x++) {
      let at = corner + vec2i(x, y);
      let isOwn = all((at >> vec2u(1)) == (first >> vec2u(1)));
      add(sum, own, load(at, size) * select(share, vec4f(0), isOwn), vec2f(at - first));
    }
  }
}

// The cells within `reach` of the one the block is in, in opposite pairs: loops cost a software GPU as much as taps do.
fn addCells(sum: ptr<function, Block>, own: Block, cell: vec2i, first: vec2i) {
  let factor = f32(params.factor);
  let middle = vec2f(cell * params.factor - first) + 0.5 * factor - 0.5;
  let center = (cell.y + params.margin) * params.width + cell.x + params.margin;
  for (var j = 0; j <= i32(params.reach); j++) {
    let last = i32(sqrt(params.reach * params.reach - f32(j * j)));
    for (var i = select(-last, 1, j == 0); i <= last; i++) {
      let away = factor * vec2f(vec2i(i, j));
      let step = j * params.width + i;
      add(sum, own, unpack4x8unorm(cells[center + step]), middle + away);
      add(sum, own, unpack4x8unorm(cells[center - step]), middle - away);
    }
  }
}

// `at`: where the tap is, seen from the first output.
fn add(sum: ptr<function, Block>, own: Block, texel: vec4f, at: vec2f) {
  let x = vec2f(at.x, at.x - 1);
  let y = vec2f(at.y, at.y - 1);
  let xx = params.space * x * x;
  let yy = params.space * y * y;
  (*sum).a += tap(texel, own.a.rgb, params.color, xx[0] + yy[0]);
  (*sum).b += tap(texel, own.b.rgb, params.color, xx[1] + yy[0]);
  (*sum).c += tap(texel, own.c.rgb, params.color, xx[0] + yy[1]);
  (*sum).d += tap(texel, own.d.rgb, params.color, xx[1] + yy[1]);
}

fn store(at: vec2i, sum: vec4f, own: vec4f) {
  textureStore(output, at, vec4f(select(sum.rgb / sum.a, own.rgb, sum.a == 0), 1));
}
