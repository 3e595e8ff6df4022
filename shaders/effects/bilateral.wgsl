// Bilateral filter: out(p) = mean of c_q over |q - p| <= radius, weighted by a_q exp(-32 (space |q - p|^2 + color |c_q - c_p|_1^2)).
// Reads: cells (packCells.wgsl, of one pixel). Writes: output rgba8unorm, rgb sRGB code values, alpha 1.
// Source: C. Tomasi, R. Manduchi, "Bilateral Filtering for Gray and Color Images", 1998; window and distances are OpenCV's.
import package::lib::bilateral::tap;

struct Params { color: f32, space: f32, radius: i32, margin: i32, width: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> cells: array<u32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

fn load(at: i32) -> vec4f {
  return unpack4x8unorm(cells[at]);
}

// Each invocation makes four outputs in a row, so that a pixel is loaded once for four sums; past the right edge a store does nothing.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let first = vec2i(id.xy) * vec2i(4, 1);
  if (any(vec2u(first) >= textureDimensions(output))) { return; }
  let center = (first.y + params.margin) * params.width + first.x + params.margin;
  let p = load(center).rgb;
  let q = load(center + 1).rgb;
  let r = load(center + 2).rgb;
  let s = load(center + 3).rgb;
  var sumP = vec4f(0);
  var sumQ = vec4f(0);
  var sumR = vec4f(0);
  var sumS = vec4f(0);
  for (var dy = -params.radius; dy <= params.radius; dy++) {
    // The slack keeps roots of square numbers whole where sqrt is rounded down.
    let reach = i32(sqrt(f32(params.radius * params.radius - dy * dy)) + 1e-3);
    let row = center + dy * params.width;
    var a = load(row - reach);
    var b = load(row - reach + 1);
    var c = load(row - reach + 2);
    for (var dx = -reach; dx <= reach; dx++) {
      let d = load(row + dx + 3);
      let space = params.space * f32(dx * dx + dy * dy);
      sumP += tap(a, p, params.color, space);
      sumQ += tap(b, q, params.color, space);
      sumR += tap(c, r, params.color, space);
      sumS += tap(d, s, params.color, space);
      a = b;
      b = c;
      c = d;
    }
  }
  store(first, sumP, p);
  store(first + vec2i(1, 0), sumQ, q);
  store(first + vec2i(2, 0), sumR, r);
  store(first + vec2i(3, 0), sumS, s);
}

fn store(at: vec2i, sum: vec4f, own: vec3f) {
  textureStore(output, at, vec4f(select(sum.rgb / sum.a, own, sum.a == 0), 1));
}
