// What a frame as a whole says of those before: forget = 1 where most of the picture is new, as after a cut, or where something else is painted than before; and how new it is everywhere,
// because the camera moves: flat places move unseen.
// Reads: motion (z: new in [0, 1], w: without the share of the speed), previous. Writes: output rgba32float, one texel: (what is painted, forget, new everywhere in [0, hurry], 1).
// Source: none.

// `painted`: a number for what is painted, never 0, which is what there was before the first frame.
struct Params { painted: f32, hurry: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var motion: texture_2d<f32>;
@group(0) @binding(2) var previous: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba32float, write>;

const LANES = 64u;
// Shares of the picture: what is new at a cut, and what moves with things in it and with the camera.
const CUT = 0.5;
const THINGS = 0.25;
const CAMERA = 0.55;

var<workgroup> sums: array<vec2f, LANES>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  let size = textureDimensions(motion);
  var sum = vec2f(0);
  for (var i = lane; i < size.x * size.y; i += LANES) { sum += textureLoad(motion, vec2u(i % size.x, i / size.x), 0).zw; }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane > 0) { return; }
  var total = vec2f(0);
  for (var i = 0u; i < LANES; i++) { total += sums[i]; }
  let isOther = textureLoad(previous, vec2u(0), 0).x != params.painted;
  let share = total / f32(size.x * size.y);
  textureStore(output, vec2u(0), vec4f(params.painted, select(0.0, 1.0, isOther || share.y > CUT), params.hurry * smoothstep(THINGS, CAMERA, share.x), 1));
}
