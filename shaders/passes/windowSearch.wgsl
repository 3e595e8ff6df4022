// As passes/windowSweep, for devices with many invocations: each finds the window of its own sample and takes the difference of sums at its ends.
// Reads: sums (of passes/lineSums; not with `count`), transform (ct of the same lines, px). Writes: output rgba16float: rgb; a as it was, 1 where
// last; with `count` r32float, from 1.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1 (normalized convolution).
import package::lib::counted::meanOf;
import package::lib::line::{lineLength, texelOnLine};
import package::lib::windowBounds::windowBounds;

struct Params { along: vec2u, radius: f32, @if(!count) last: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@if(!count) @group(0) @binding(1) var sums: texture_2d<f32>;
@group(0) @binding(2) var transform: texture_2d<f32>;
@if(count) @group(0) @binding(3) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let at = dot(id.xy, params.along);
  let line = dot(id.xy, params.along.yx);
  let window = windowBounds(transform, line, at, params.along, lineLength(size, params.along), params.radius);
  @if(count) textureStore(output, id.xy, vec4f(f32(window.high - window.low)));
  @if(!count) {
    let mean = meanOf(sumBefore(line, window.high) - sumBefore(line, window.low));
    let alpha = (sumBefore(line, at + 1).a - sumBefore(line, at).a) / 255;
    textureStore(output, id.xy, vec4f(mean, select(alpha, 1, params.last == 1)));
  }
}

// Of all samples before `end`.
@if(!count)
fn sumBefore(line: u32, end: u32) -> vec4f {
  return select(textureLoad(sums, texelOnLine(line, max(end, 1) - 1, params.along), 0), vec4f(0), end == 0);
}
