// The window of a sample in the transformed domain, found by bisection. ct never falls, and grows by 1 or more from sample to sample below
// 2^24, so only so many can be in it.
// Reads: transform (ct of the lines, px). Returns: indices on the line, those of the window [low, high) = { k : ct_at - radius < ct_k <= ct_at + radius }.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1; the half-open bounds are OpenCV's.
import package::lib::line::texelOnLine;

struct Window { low: u32, high: u32 }

// A sample is always in its own window, also where ct is too large to tell it from its neighbours.
fn windowBounds(transform: texture_2d<f32>, line: u32, at: u32, along: vec2u, length: u32, radius: f32) -> Window {
  let ct = textureLoad(transform, texelOnLine(line, at, along), 0).r;
  let reach = u32(ceil(radius)) + 1;
  let low = firstAbove(transform, line, along, ct - radius, max(at, reach) - reach, at);
  let high = firstAbove(transform, line, along, ct + radius, at + 1, min(at + reach + 1, length));
  return Window(low, high);
}

// The first index in [begin, end) whose ct is above `value`, else `end`.
fn firstAbove(transform: texture_2d<f32>, line: u32, along: vec2u, value: f32, begin: u32, end: u32) -> u32 {
  var low = begin;
  var high = end;
  while (low < high) {
    let middle = (low + high) / 2;
    if (textureLoad(transform, texelOnLine(line, middle, along), 0).r > value) { high = middle; } else { low = middle + 1; }
  }
  return low;
}
