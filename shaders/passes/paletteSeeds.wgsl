// Where k-means begins: at the colours of the frame before, if it showed the same scene; each colour that is missing, at a cut all, goes where it lowers the error of the picture most.
// Reads: samples (paletteWeights), previous (colours of the frame before with their shares of all weights, error behind them; 0: none). Writes: centers, the first `count`: (vector, 1 where it is new).
// Source: D. Arthur and S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007 (the greedy variant, with the worst served of each eight samples as candidates).
import package::lib::palette::{ ERRORS, MOST_COLORS, squared };

struct Params { count: u32, samples: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> samples: array<vec4f>;
@group(0) @binding(2) var previous: texture_2d<f32>;
@group(0) @binding(3) var<storage, read_write> centers: array<vec4f>;

// Each has a candidate.
const LANES = 128u;
// Samples that candidates are tried on.
const TRIALS = 1024u;
const TRIALS_PER_LANE = TRIALS / LANES;
const FAR = 1e9;
// Votes are whole numbers; all weights of the trials together are some 2^10.
const VOTE = 4096.0;
// A colour of a smaller share gives way to one that is missed more.
const LEAST_SHARE = 1.0 / 2048;
// It is another scene where so much went from one colour to another, or where colours miss by so much more than they did.
const CUT_MOVED = 0.35;
const CUT_ERROR = 1.5;
const CUT_NOISE = 0.01;

var<workgroup> before: array<vec4f, MOST_COLORS>;
var<workgroup> votes: array<atomic<u32>, MOST_COLORS>;
var<workgroup> errors: array<f32, LANES>;
var<workgroup> nearest: array<f32, TRIALS>;
var<workgroup> candidates: array<vec3f, LANES>;
var<workgroup> potentials: array<f32, LANES>;
var<workgroup> missing: array<u32, MOST_COLORS>;
var<workgroup> missingCount: u32;
var<workgroup> isCut: bool;

@compute @workgroup_size(128)
fn main(@builtin(local_invocation_index) lane: u32) {
  if (lane < params.count) { before[lane] = textureLoad(previous, vec2u(lane, 0), 0); }
  workgroupBarrier();
  errors[lane] = assign(lane);
  workgroupBarrier();
  if (lane == 0) { decide(); }
  workgroupBarrier();
  let wanted = workgroupUniformLoad(&missingCount);
  if (isCut) { forget(lane); }
  workgroupBarrier();
  for (var i = 0u; i < wanted; i++) {
    candidates[lane] = candidate(lane);
    potentials[lane] = potential(candidates[lane]);
    workgroupBarrier();
    let chosen = candidates[best()];
    approach(lane, chosen);
    if (lane == 0) { centers[missing[i]] = vec4f(chosen, 1); }
    workgroupBarrier();
  }
}

fn trial(i: u32) -> vec4f {
  return samples[i * params.samples / TRIALS];
}

// Finds the colour of the frame before for the lane's own trials. Returns the sum of their distances times their weights.
fn assign(lane: u32) -> f32 {
  var sum = 0.0;
  for (var i = lane * TRIALS_PER_LANE; i < (lane + 1) * TRIALS_PER_LANE; i++) {
    let sample = trial(i);
    var least = FAR;
    var own = 0u;
    for (var k = 0u; k < params.count; k++) {
      let distance = select(FAR, squared(sample.xyz - before[k].xyz), before[k].w >= LEAST_SHARE);
      own = select(own, k, distance < least);
      least = min(least, distance);
    }
    nearest[i] = least;
    atomicAdd(&votes[own], u32(round(sample.w * VOTE)));
    sum += sample.w * sqrt(least);
  }
  return sum;
}

// Sorts out which colours go on.
fn decide() {
  var all = 0.0;
  for (var k = 0u; k < params.count; k++) { all += f32(atomicLoad(&votes[k])); }
  all = max(all, 1);
  var moved = 0.0;
  for (var k = 0u; k < params.count; k++) { moved += 0.5 * abs(f32(atomicLoad(&votes[k])) / all - before[k].w); }
  var error = 0.0;
  for (var i = 0u; i < LANES; i++) { error += errors[i] * VOTE / all; }
  let expected = textureLoad(previous, vec2u(ERRORS, 0), 0).x;
  isCut = moved > CUT_MOVED || error > CUT_ERROR * expected + CUT_NOISE;
  missingCount = 0;
  for (var k = 0u; k < params.count; k++) {
    if (isCut || before[k].w < LEAST_SHARE) {
      missing[missingCount] = k;
      missingCount += 1;
    } else {
      centers[k] = vec4f(before[k].xyz, 0);
    }
  }
}

fn forget(lane: u32) {
  for (var i = lane * TRIALS_PER_LANE; i < (lane + 1) * TRIALS_PER_LANE; i++) { nearest[i] = FAR; }
}

// Of the lane's own trials the one that is served worst; the first before there is any colour.
fn candidate(lane: u32) -> vec3f {
  var worst = lane * TRIALS_PER_LANE;
  var most = 0.0;
  for (var i = worst; i < (lane + 1) * TRIALS_PER_LANE; i++) {
    let error = select(trial(i).w * nearest[i], 0, nearest[i] == FAR);
    worst = select(worst, i, error > most);
    most = max(most, error);
  }
  return trial(worst).xyz;
}

// The error of the picture with one more colour.
fn potential(color: vec3f) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < TRIALS; i++) {
    let sample = trial(i);
    sum += sample.w * min(nearest[i], squared(sample.xyz - color));
  }
  return sum;
}

fn best() -> u32 {
  var lowest = 0u;
  for (var i = 1u; i < LANES; i++) { lowest = select(lowest, i, potentials[i] < potentials[lowest]); }
  return lowest;
}

fn approach(lane: u32, color: vec3f) {
  for (var i = lane * TRIALS_PER_LANE; i < (lane + 1) * TRIALS_PER_LANE; i++) { nearest[i] = min(nearest[i], squared(trial(i).xyz - color)); }
}
