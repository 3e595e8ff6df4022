// Box mean in the transformed domain: out_j = sum of a_k I_k / sum of a_k over the samples k of j's line with |ct_k - ct_j| <= radius.
// Reads: color (straight rgb, alpha in a), transform (ct of the same lines, px). Writes: output rgba16float, rgb; a as it was, 1 where last.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1 (normalized convolution).
import package::lib::line::{lineCount, lineLength, texelOnLine};

struct Params { along: vec2u, radius: f32, last: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var color: texture_2d<f32>;
@group(0) @binding(2) var transform: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

// Pixels of a line that one invocation paints.
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
  // The window [low, high) only ever moves forward.
  var low = firstAbove(center - params.radius, line, at);
  var high = low;
  var ctLow = ctAt(line, low, length);
  var ctHigh = ctLow;
  var sum = vec4f(0);
  while (at < end) {
    let enters = ctHigh <= center + params.radius;
    let leaves = !enters && ctLow <= center - params.radius && low < at;
    let touched = select(select(at, low, leaves), high, enters);
    let p = texelOnLine(line, touched, params.along);
    let own = textureLoad(color, p, 0);
    if (enters || leaves) {
      sum += weighted(own) * select(-1.0, 1.0, enters);
    } else {
      let rgb = select(sum.rgb / sum.a, own.rgb, sum.a == 0);
      textureStore(output, p, vec4f(rgb, select(own.a, 1, params.last == 1)));
    }
    let ct = ctAt(line, touched + 1, length);
    if (enters) { high++; ctHigh = ct; } else if (leaves) { low++; ctLow = ct; } else { at++; center = ct; }
  }
}

// 8-bit alpha as a whole number: sums of it stay exact, so a window without any opaque pixel sums to 0.
fn weighted(own: vec4f) -> vec4f {
  let weight = round(own.a * 255);
  return vec4f(own.rgb * weight, weight);
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
