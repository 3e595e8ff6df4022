// Domain transform of every line: ct_k = sum over i <= k of (1 + slope * |I_i - I_(i-1)|_1).
// Reads: source (rgb code values in [0, 1]). Writes: output r32float, in px, from 1.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, eq. 11; summed in OpenCV's order.
import package::lib::line::{lineCount, lineLength, texelOnLine};

struct Params { along: vec2u, slope: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<r32float, write>;

// One invocation per line, and serial: f32 addition is not associative, and windows compare these sums to the last bit.
// Four colours are fetched before the first is used, so a line waits for memory a quarter as often; stores past its end are discarded.
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  let line = id.x;
  if (line >= lineCount(size, params.along)) { return; }
  let length = lineLength(size, params.along);
  var ct = 0.0;
  var previous = colorAt(line, 0);
  for (var i = 0u; i < length; i += 4) {
    let a = colorAt(line, i);
    let b = colorAt(line, i + 1);
    let c = colorAt(line, i + 2);
    let d = colorAt(line, i + 3);
    ct = extended(ct, previous, a, line, i);
    ct = extended(ct, a, b, line, i + 1);
    ct = extended(ct, b, c, line, i + 2);
    ct = extended(ct, c, d, line, i + 3);
    previous = d;
  }
}

fn colorAt(line: u32, i: u32) -> vec3f {
  return textureLoad(source, texelOnLine(line, i, params.along), 0).rgb;
}

fn extended(ct: f32, before: vec3f, after: vec3f, line: u32, i: u32) -> f32 {
  let difference = abs(after - before);
  let sum = ct + (1 + params.slope * (difference.b + difference.g + difference.r));
  textureStore(output, texelOnLine(line, i, params.along), vec4f(sum));
  return sum;
}
