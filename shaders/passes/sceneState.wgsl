// Whether what is known of the frames before still counts: forget = 1 where most of the picture is new, as after a cut, or where something else is painted than before; else 0.
// Reads: motion (w: new in [0, 1]), previous. Writes: output rgba32float, one texel: (what is painted, forget, 0, 1).
// Source: none.

// `painted`: a number for what is painted, never 0, which is what there was before the first frame.
struct Params { painted: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var motion: texture_2d<f32>;
@group(0) @binding(2) var previous: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba32float, write>;

const LANES = 64u;
// Of the picture.
const CUT = 0.5;

var<workgroup> sums: array<f32, LANES>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  let size = textureDimensions(motion);
  var sum = 0.0;
  for (var i = lane; i < size.x * size.y; i += LANES) { sum += textureLoad(motion, vec2u(i % size.x, i / size.x), 0).w; }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane > 0) { return; }
  var total = 0.0;
  for (var i = 0u; i < LANES; i++) { total += sums[i]; }
  let isOther = textureLoad(previous, vec2u(0), 0).x != params.painted;
  let isCut = total > CUT * f32(size.x * size.y);
  textureStore(output, vec2u(0), vec4f(params.painted, select(0.0, 1.0, isOther || isCut), 0, 1));
}
