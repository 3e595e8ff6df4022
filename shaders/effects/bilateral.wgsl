// Bilateral filter: out(p) = mean of c_q over |q - p| <= radius, weighted by a_q exp2(space |q - p|^2 + color |c_q - c_p|_1^2).
// Reads: source (reflectedCells.wgsl, factor 1, with `radius` texels around the picture). Writes: output rgba8unorm, rgb sRGB code values, alpha 1.
// Source: C. Tomasi, R. Manduchi, "Bilateral Filtering for Gray and Color Images", 1998; window and distances are those of OpenCV.
import package::lib::bilateral::tap;

struct Params { color: f32, space: f32, radius: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

fn load(at: vec2i) -> vec4f {
  return textureLoad(source, at, 0);
}

// Each invocation makes four outputs in a row, so that a texel is loaded once for four sums; past the right edge they do nothing.
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let first = vec2i(id.xy) * vec2i(4, 1);
  if (any(vec2u(first) >= textureDimensions(output))) { return; }
  let center = first + params.radius;
  let p = load(center).rgb;
  let q = load(center + vec2i(1, 0)).rgb;
  let r = load(center + vec2i(2, 0)).rgb;
  let s = load(center + vec2i(3, 0)).rgb;
  var sumP = vec4f(0);
  var sumQ = vec4f(0);
  var sumR = vec4f(0);
  var sumS = vec4f(0);
  for (var dy = -params.radius; dy <= params.radius; dy++) {
    // The slack keeps roots of square numbers whole where sqrt is rounded down.
    let reach = i32(sqrt(f32(params.radius * params.radius - dy * dy)) + 1e-3);
    var at = center + vec2i(-reach, dy);
    var a = load(at);
    var b = load(at + vec2i(1, 0));
    var c = load(at + vec2i(2, 0));
    for (var dx = -reach; dx <= reach; dx++) {
      let d = load(at + vec2i(3, 0));
      let space = params.space * f32(dx * dx + dy * dy);
      sumP += tap(a, p, params.color, space);
      sumQ += tap(b, q, params.color, space);
      sumR += tap(c, r, params.color, space);
      sumS += tap(d, s, params.color, space);
      a = b;
      b = c;
      c = d;
      at.x++;
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
