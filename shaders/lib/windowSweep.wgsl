// The window [low, high) = { k : ct_at - radius < ct_k <= ct_at + radius } of one sample `at` of a line after the other; ct never falls along it.
// Reads: transform (ct of the lines, px). A sample is always in its own window, also where ct is too large to tell it from its neighbours.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1; the half-open bounds are OpenCV's.
import package::lib::line::texelOnLine;

// A sweep changes by one sample at a time and each change costs one load, so the lanes of a wave stay together whatever their windows do; a loop
// that finishes one pixel before the next would always wait for the widest window.
struct Sweep { at: u32, ctAt: f32, low: u32, ctLow: f32, high: u32, ctHigh: f32 }

// What a sweep does next: a sample enters the window, one leaves it, or the window is complete and `at` goes on.
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

// The sample that a change is about.
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
