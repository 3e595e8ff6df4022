// Bilateral filter with cells for pixels: as bilateral.wgsl, but only the cell a pixel is in is taken apart; the others count as that many pixels of their mean colour.
// Reads: source (straight rgb code values, alpha in a), cells (reflectedCells.wgsl). Writes: output rgba8unorm, rgb sRGB code values, alpha 1.
// Source: C. Tomasi, R. Manduchi, "Bilateral Filtering for Gray and Color Images", 1998; distances are those of OpenCV.
import package::lib::bilateral::tap;
import package::lib::reflect::reflected;

// `radius` is that of a disc with the area of the window, in px; `margin` as in reflectedCells.wgsl.
struct Params { color: f32, space: f32, radius: f32, factor: i32, margin: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var cells: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// The outputs of an invocation: two by two pixels of one cell.
struct Quad { a: vec4f, b: vec4f, c: vec4f, d: vec4f }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(source);
  let first = vec2i(2 * id.xy);
  if (any(vec2u(first) >= size)) { return; }
  let cell = first / params.factor;
  let own = Quad(load(first, size), load(first + vec2i(1, 0), size), load(first + vec2i(0, 1), size), load(first + vec2i(1, 1), size));
  var sum = Quad();
  for (var y = 0; y < params.factor; y++) {
    for (var x = 0; x < params.factor; x++) {
      let at = params.factor * cell + vec2i(x, y);
      addTap(&sum, own, load(at, size), params.space * distances(vec2f(at - first)));
    }
  }
  let factor = f32(params.factor);
  // Coverage of a cell by the disc as a line in the squared distance; it is 0 from `outer` on.
  let slope = 0.5 / (params.radius * factor);
  let atCenter = 0.5 + params.radius * params.radius * slope;
  let outer = atCenter / slope;
  let toMiddle = vec2f(params.factor * cell - first) + 0.5 * (factor - 1);
  for (var j = -params.margin; j <= params.margin; j++) {
    let near = max(abs(f32(j)) * factor - 0.5 * (factor - 1), 0);
    let reach = min(i32(floor(sqrt(max(outer - near * near, 0)) / factor + 0.5)), params.margin);
    for (var i = -reach; i <= reach; i++) {
      if (i == 0 && j == 0) { continue; }
      let squares = distances(toMiddle + factor * vec2f(vec2i(i, j)));
      let coverage = clamp(atCenter - slope * squares, vec4f(0), vec4f(1));
      let mean = textureLoad(cells, cell + params.margin + vec2i(i, j), 0);
      addCell(&sum, own, mean, params.space * squares, factor * factor * coverage);
    }
  }
  store(first, sum.a, own.a);
  store(first + vec2i(1, 0), sum.b, own.b);
  store(first + vec2i(0, 1), sum.c, own.c);
  store(first + vec2i(1, 1), sum.d, own.d);
}

fn load(at: vec2i, size: vec2u) -> vec4f {
  return textureLoad(source, reflected(at, size), 0);
}

// Squared distances of a point from the four outputs, of which the first is the origin.
fn distances(point: vec2f) -> vec4f {
  let next = point - 1;
  return vec4f(point.x, next.x, point.x, next.x) * vec4f(point.x, next.x, point.x, next.x) + vec4f(point.yy, next.yy) * vec4f(point.yy, next.yy);
}

fn addTap(sum: ptr<function, Quad>, own: Quad, texel: vec4f, space: vec4f) {
  (*sum).a += tap(texel, own.a.rgb, params.color, space.x);
  (*sum).b += tap(texel, own.b.rgb, params.color, space.y);
  (*sum).c += tap(texel, own.c.rgb, params.color, space.z);
  (*sum).d += tap(texel, own.d.rgb, params.color, space.w);
}

fn addCell(sum: ptr<function, Quad>, own: Quad, texel: vec4f, space: vec4f, pixels: vec4f) {
  (*sum).a += pixels.x * tap(texel, own.a.rgb, params.color, space.x);
  (*sum).b += pixels.y * tap(texel, own.b.rgb, params.color, space.y);
  (*sum).c += pixels.z * tap(texel, own.c.rgb, params.color, space.z);
  (*sum).d += pixels.w * tap(texel, own.d.rgb, params.color, space.w);
}

fn store(at: vec2i, sum: vec4f, own: vec4f) {
  textureStore(output, at, vec4f(select(sum.rgb / sum.a, own.rgb, sum.a == 0), 1));
}
