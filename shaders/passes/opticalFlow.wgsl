// One level of pyramidal Lucas-Kanade: rounds of d += (sum w g gT + regular)^-1 sum w g (before(q - d) - now(q)) over the 7x7 pixels q around each, g the gradient of now, so that
// now(p) = before(p - d); d begins at twice the median of the coarser level's, with `first` at 0.
// Reads: pair (luma now, luma before), coarse (d in its own texels, half as many). Writes: output rgba16float: d in texels, 0, 1.
// Source: J.-Y. Bouguet, "Pyramidal Implementation of the Lucas Kanade Feature Tracker", 2000; S. Baker and I. Matthews, "Lucas-Kanade 20 Years On", 2004 (the gradient of one picture for all rounds).
@if(!first) import package::lib::flowMedian::flowMedian;

// `regular`: the squared gradient that noise has; what has no more stays where it is.
struct Params { regular: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var pair: texture_2d<f32>;
@if(!first) @group(0) @binding(2) var coarse: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

const SIDE = 8;
const RADIUS = 3;
// A workgroup's pixels, its windows, and one more for gradients.
const TILE = SIDE + 2 * RADIUS + 2;
@if(first) const ROUNDS = 6;
@else const ROUNDS = 3;
// Texels a round may go: a gradient knows no more.
const STEP = 1.5;

var<workgroup> tile: array<f32, TILE * TILE>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u, @builtin(local_invocation_index) lane: u32) {
  let size = vec2i(textureDimensions(pair));
  let corner = SIDE * vec2i(group.xy) - RADIUS - 1;
  for (var i = i32(lane); i < TILE * TILE; i += SIDE * SIDE) {
    tile[i] = textureLoad(pair, clamp(corner + vec2i(i % TILE, i / TILE), vec2i(0), size - 1), 0).r;
  }
  workgroupBarrier();
  if (any(id.xy >= textureDimensions(output))) { return; }
  let own = vec2i(local.xy) + RADIUS + 1;
  var tensor = vec3f(params.regular, 0, params.regular);
  for (var y = -RADIUS; y <= RADIUS; y++) {
    for (var x = -RADIUS; x <= RADIUS; x++) {
      let g = gradientAt(own + vec2i(x, y));
      tensor += weightOf(x, y) * vec3f(g.x * g.x, g.x * g.y, g.y * g.y);
    }
  }
  let determinant = tensor.x * tensor.z - tensor.y * tensor.y;
  @if(first) var d = vec2f(0);
  @else var d = 2 * flowMedian(coarse, vec2i(id.xy) / 2);
  for (var round = 0; round < ROUNDS; round++) {
    var sum = vec2f(0);
    for (var y = -RADIUS; y <= RADIUS; y++) {
      for (var x = -RADIUS; x <= RADIUS; x++) {
        let q = own + vec2i(x, y);
        let at = vec2f(vec2i(id.xy) + vec2i(x, y)) + 0.5;
        let before = textureSampleLevel(pair, bilinear, (clamp(at, vec2f(0.5), vec2f(size) - 0.5) - d) / vec2f(size), 0).g;
        sum += weightOf(x, y) * (before - tile[TILE * q.y + q.x]) * gradientAt(q);
      }
    }
    let step = vec2f(tensor.z * sum.x - tensor.y * sum.y, tensor.x * sum.y - tensor.y * sum.x) / determinant;
    d += step * min(1, STEP / max(length(step), 1e-9));
  }
  textureStore(output, id.xy, vec4f(d, 0, 1));
}

fn gradientAt(q: vec2i) -> vec2f {
  let i = TILE * q.y + q.x;
  return 0.5 * vec2f(tile[i + 1] - tile[i - 1], tile[i + TILE] - tile[i - TILE]);
}

// A tent; all weights sum to 1.
fn weightOf(x: i32, y: i32) -> f32 {
  let side = f32(RADIUS + 1);
  return (side - abs(f32(x))) * (side - abs(f32(y))) / (side * side * side * side);
}
