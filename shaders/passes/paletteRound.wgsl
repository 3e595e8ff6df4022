// A round of k-means: centers become the means of what the round before gave them, unless this round has its own; then each sample goes to the nearest.
// Reads: samples (paletteWeights), centers and sums of the round before, or centers of this one. Writes: centers of this round (vector, 0), sums of this round, added to 0.
// Source: S. P. Lloyd, "Least squares quantization in PCM", 1982.
import package::lib::palette::{ ERRORS, inWhole, meanOf, MOST_COLORS, RECORDS, squared };

// own: 1 where centers of this round are there already.
struct Params { count: u32, samples: u32, round: u32, own: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> samples: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> centers: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> sums: array<atomic<i32>>;

const LANES = 64u;
const SAMPLES_PER_LANE = 8u;
const NUMBERS = 4u;
const FAR = 1e9;

var<workgroup> means: array<vec3f, MOST_COLORS>;
// Of this workgroup, so that few additions meet in memory.
var<workgroup> partial: array<atomic<i32>, NUMBERS * RECORDS>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32, @builtin(workgroup_id) group: vec3u) {
  if (lane < params.count) { means[lane] = centerOf(lane, group.x == 0); }
  workgroupBarrier();
  for (var i = 0u; i < SAMPLES_PER_LANE; i++) {
    let at = (group.x * SAMPLES_PER_LANE + i) * LANES + lane;
    if (at < params.samples) { assign(samples[at]); }
  }
  workgroupBarrier();
  for (var i = lane; i < NUMBERS * RECORDS; i += LANES) {
    let sum = atomicLoad(&partial[i]);
    if (sum != 0) { atomicAdd(&sums[NUMBERS * RECORDS * params.round + i], sum); }
  }
}

fn centerOf(color: u32, keep: bool) -> vec3f {
  if (params.own > 0) { return centers[MOST_COLORS * params.round + color].xyz; }
  let before = params.round - 1;
  let at = NUMBERS * (RECORDS * before + color);
  let sum = vec4i(atomicLoad(&sums[at]), atomicLoad(&sums[at + 1]), atomicLoad(&sums[at + 2]), atomicLoad(&sums[at + 3]));
  let center = meanOf(sum, centers[MOST_COLORS * before + color].xyz);
  if (keep) { centers[MOST_COLORS * params.round + color] = vec4f(center, 0); }
  return center;
}

fn assign(sample: vec4f) {
  var least = FAR;
  var nearest = 0u;
  for (var k = 0u; k < params.count; k++) {
    let distance = squared(sample.xyz - means[k]);
    nearest = select(nearest, k, distance < least);
    least = min(least, distance);
  }
  let weighted = inWhole(vec4f(sample.xyz, 1) * sample.w);
  for (var i = 0u; i < NUMBERS; i++) { atomicAdd(&partial[NUMBERS * nearest + i], weighted[i]); }
  atomicAdd(&partial[NUMBERS * ERRORS], inWhole(vec4f(sqrt(least) * sample.w)).x);
}
