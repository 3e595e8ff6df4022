// Population of the window in the transformed domain: out_j = number of samples k of j's line with |ct_k - ct_j| <= radius.
// Reads: transform (ct of the same lines, px). Writes: output r32float, from 1.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1 (the normaliser).
import package::lib::line::{lineCount, lineLength, texelOnLine};

struct Params { along: vec2u, radius: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var transform: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<r32float, write>;

override STRIP: u32 = 128;

@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  let line = id.x;
  let length = lineLength(size, params.along);
  var at = id.y * STRIP;
  if (line >= lineCount(size, params.along) || at >= length) { return; }
  let end = min(at + STRIP, length);
  var center = ctAt(line, at, length);
  var low = firstAbove(center - params.radius, line, at);
  var high = low;
  var ctLow = ctAt(line, low, length);
  var ctHigh = ctLow;
  while (at < end) {
    let enters = ctHigh <= center + params.radius;
    let leaves = !enters && ctLow <= center - params.radius && low < at;
    if (!enters && !leaves) { textureStore(output, texelOnLine(line, at, params.along), vec4f(f32(high - low))); }
    let ct = ctAt(line, select(select(at, low, leaves), high, enters) + 1, length);
    if (enters) { high++; ctHigh = ct; } else if (leaves) { low++; ctLow = ct; } else { at++; center = ct; }
  }
}

fn firstAbove(bound: f32, line: u32, last: u32) -> u32 {
  var low = 0u;
  var high = last;
  while (low < high) {
    let middle = (low + high) / 2;
    if (textureLoad(transform, texelOnLine(line, middle, params.along), 0).r <= bound) { low = middle + 1; } else { high = middle; }
  }
  return low;
}

const BEYOND = 3.4e38;

fn ctAt(line: u32, i: u32, length: u32) -> f32 {
  return select(BEYOND, textureLoad(transform, texelOnLine(line, min(i, length - 1), params.along), 0).r, i < length);
}
