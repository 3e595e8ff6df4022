// Moves the window [low, high) = { k : |ct_k - ct_at| <= radius } along a line whose ct never falls, one sample entering or leaving at a
// time. Every move costs one load, so lanes of one wave stay together whatever their windows do; a loop per pixel would wait for the widest.
// Reads: transform (ct of the lines, px). The lower bound is open, as OpenCV's: ct_k > ct_at - radius; the sample itself is always inside.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1.
import package::lib::line::texelOnLine;

struct Sweep { at: u32, ctAt: f32, low: u32, ctLow: f32, high: u32, ctHigh: f32 }

// What comes next: a sample enters the window, one leaves it, or it is the window of `at` and the sweep goes on to the next sample.
const ENTERS = 0u;
const LEAVES = 1u;
const SETTLED = 2u;

// Past the last sample.
const BEYOND = 3.4e38;

fn sweepFrom(transform: texture_2d<f32>, line: u32, along: vec2u, length: u32, start: u32, radius: f32) -> Sweep {
  let ctAt = textureLoad(transform, texelOnLine(line, start, along), 0).r;
  var low = 0u;
  var high = start;
  while (low < high) {
    let middle = (low + high) / 2;
    if (textureLoad(transform, texelOnLine(line, middle, along), 0).r <= ctAt - radius) { low = middle + 1; } else { high = middle; }
  }
  let ctLow = textureLoad(transform, texelOnLine(line, low, along), 0).r;
  return Sweep(start, ctAt, low, ctLow, low, ctLow);
}

fn nextChange(sweep: Sweep, radius: f32) -> u32 {
  if (sweep.ctHigh <= sweep.ctAt + radius) { return ENTERS; }
  if (sweep.low < sweep.at && sweep.ctLow <= sweep.ctAt - radius) { return LEAVES; }
  return SETTLED;
}

// The sample that a move is about.
fn sampleOf(sweep: Sweep, change: u32) -> u32 {
  return select(select(sweep.at, sweep.low, change == LEAVES), sweep.high, change == ENTERS);
}

fn advance(sweep: ptr<function, Sweep>, change: u32, transform: texture_2d<f32>, line: u32, along: vec2u, length: u32) {
  let next = sampleOf(*sweep, change) + 1;
  let ct = select(BEYOND, textureLoad(transform, texelOnLine(line, min(next, length - 1), along), 0).r, next < length);
  if (change == ENTERS) {
    (*sweep).high = next;
    (*sweep).ctHigh = ct;
  } else if (change == LEAVES) {
    (*sweep).low = next;
    (*sweep).ctLow = ct;
  } else {
    (*sweep).at = next;
    (*sweep).ctAt = ct;
  }
}
