// Colours led on from the frame before to the means of the last round: color += (mean - color) clamp(SPEED + HURRY |mean - color|, 0, 1); a new one comes at once.
// Reads: centers and sums of rounds 0 to round - 1 (paletteRound), previous. Writes: centers of `round`, (vector, 0).
// Source: exponential smoothing; the speeds are ours.
import package::lib::palette::{ meanOf, MOST_COLORS, RECORDS };

struct Params { count: u32, round: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> sums: array<vec4i>;
@group(0) @binding(2) var previous: texture_2d<f32>;
@group(0) @binding(3) var<storage, read_write> centers: array<vec4f>;

// Of the way in a frame: noise moves colours by a tenth of what it moves their means, and what moves far moves sooner.
const SPEED = 0.1;
const HURRY = 2.0;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let color = id.x;
  if (color >= params.count) { return; }
  let last = params.round - 1;
  let mean = meanOf(sums[RECORDS * last + color], centers[MOST_COLORS * last + color].xyz);
  let before = textureLoad(previous, vec2u(color, 0), 0).xyz;
  let isNew = centers[color].w > 0;
  let speed = select(saturate(SPEED + HURRY * distance(before, mean)), 1, isNew);
  centers[MOST_COLORS * params.round + color] = vec4f(mix(before, mean, speed), 0);
}
