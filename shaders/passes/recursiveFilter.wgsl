// One direction of a recursive filter, there and back along each line: x_j += V_j (x_(j-1) - x_j) from the second sample on, then
// x_j += V_(j+1) (x_(j+1) - x_j) from the last but one back; V = a^ct', ct' = 1 + sigmaS / sigmaR * |guide_j - guide_(j-1)|_1.
// Reads and writes: state. With `first`, along rows, it reads source and guide (code values in [0, 1]) instead; with `last`, along columns, it
// writes output instead, in the range of the source: rgba16float with alpha 1, or r32float with `scalar`.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.3.
import package::lib::recursiveSource::{stateFrom, valueAt};
import package::lib::recursiveState::{LARGEST, State, Value, gapOf, valueIn, withValue};

// `gap`: log2 of V where the guide does not step, and what each unit of a step adds to it. `stepBit`: where the steps along this direction are.
struct Params { lines: u32, length: u32, lineStride: u32, stride: u32, gap: vec2f, stepBit: u32, channels: vec4f }
@group(0) @binding(0) var<uniform> params: Params;
@if(first) @group(0) @binding(1) var source: texture_2d<f32>;
@if(first) @group(0) @binding(2) var guide: texture_2d<f32>;
@group(0) @binding(3) var<storage, read_write> state: array<State>;
@if(last && scalar) @group(0) @binding(4) var output: texture_storage_2d<r32float, write>;
@if(last && !scalar) @group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

// One invocation for each line. It copies what it needs of `params` once, which counts on CPUs.
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let line = id.x;
  if (line >= params.lines) { return; }
  let length = params.length;
  let stride = params.stride;
  let stepBit = params.stepBit;
  let rate = params.gap;
  var at = line * params.lineStride;
  @if(first) let channels = params.channels;
  @if(first) var before = valueAt(guide, vec2u(0, line), channels);
  @if(first) var value = LARGEST * valueAt(source, vec2u(0, line), channels);
  @else var value = valueIn(state[at]);
  for (var i = 0u; i < length; i++) {
    @if(first) let own = stateFrom(source, guide, vec2u(i, line), &before, channels);
    @else let own = state[at];
    value = filtered(own, gapOf(own, stepBit, rate), value);
    state[at] = withValue(own, value);
    at += stride;
  }
  // Behind the last sample there is none, and its gap is 0.
  var gap = 0.0;
  for (var left = length; left > 0; left--) {
    at -= stride;
    let own = state[at];
    value = filtered(own, gap, value);
    gap = gapOf(own, stepBit, rate);
    @if(last) textureStore(output, vec2u(line, left - 1), vec4f(vec3f(value / LARGEST), 1));
    @else state[at] = withValue(own, value);
  }
}

fn filtered(own: State, gap: f32, neighbor: Value) -> Value {
  let value = valueIn(own);
  return value + gap * (neighbor - value);
}
