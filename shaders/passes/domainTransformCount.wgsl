// Population of the window in the transformed domain: out_j = number of samples k of j's line with |ct_k - ct_j| <= radius.
// Reads: transform (ct of the same lines, px). Writes: output r32float, from 1.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1 (the normaliser).
import package::lib::domainSweep::{SETTLED, advance, nextChange, sweepFrom};
import package::lib::line::{lineCount, lineLength, texelOnLine};

struct Params { along: vec2u, radius: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var transform: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<r32float, write>;

// Samples of a line that one invocation writes, so that lines have many invocations.
override STRIP: u32;

@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  let length = lineLength(size, params.along);
  let start = id.y * STRIP;
  if (id.x >= lineCount(size, params.along) || start >= length) { return; }
  let end = min(start + STRIP, length);
  var sweep = sweepFrom(transform, id.x, params.along, length, start, params.radius);
  while (sweep.at < end) {
    let change = nextChange(sweep, params.radius);
    if (change == SETTLED) { textureStore(output, texelOnLine(id.x, sweep.at, params.along), vec4f(f32(sweep.high - sweep.low))); }
    advance(&sweep, change, transform, id.x, params.along, length);
  }
}
