// As passes/recursiveFilter, with the invocations of a workgroup side by side on each line: each folds its samples into one affine map, a scan gives
// it what comes from before, and it applies that. A line that fits is read and written once; longer ones go through in tiles, there and back.
// Reads and writes: state. With `first`, along rows, it reads source and guide (code values in [0, 1]) instead; with `last`, along columns, it
// writes output instead, in the range of the source: rgba16float with alpha 1, or r32float with `scalar`.
// Source: D. Nehab et al., "GPU-Efficient Recursive Filtering and Summed-Area Tables", 2011, sec. 3 (blocks and their carries).
import package::lib::affineScan::{Affine, applied, compose, composedBefore, identity};
import package::lib::blockPlace::{INVOCATIONS, LINES, blockPlace, lanes};
import package::lib::recursiveSource::{stateFrom, valueAt};
import package::lib::recursiveState::{LARGEST, State, Value, gapOf, valueIn, withValue};

@if(subgroups) enable subgroups;
@if(subgroups) requires subgroup_id;
@if(subgroups) diagnostic(off, subgroup_uniformity);

// `each`: samples of a lane in one tile, at most KEPT. The rest is as in passes/recursiveFilter.
struct Params { lines: u32, length: u32, lineStride: u32, stride: u32, gap: vec2f, stepBit: u32, each: u32, tiles: u32, channels: vec4f }
@group(0) @binding(0) var<uniform> params: Params;
@if(first) @group(0) @binding(1) var source: texture_2d<f32>;
@if(first) @group(0) @binding(2) var guide: texture_2d<f32>;
@group(0) @binding(3) var<storage, read_write> state: array<State>;
@if(last && scalar) @group(0) @binding(4) var output: texture_storage_2d<r32float, write>;
@if(last && !scalar) @group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

// Samples that an invocation keeps.
const KEPT = 16u;

var<workgroup> carries: array<Value, INVOCATIONS>;
var<workgroup> gaps: array<f32, INVOCATIONS>;

@compute @workgroup_size(128)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @if(!subgroups) @builtin(local_invocation_index) own: u32,
  @if(subgroups) @builtin(subgroup_id) subgroup: u32,
  @if(subgroups) @builtin(subgroup_size) subgroupSize: u32,
  @if(subgroups) @builtin(subgroup_invocation_id) within: u32,
) {
  @if(subgroups) let place = blockPlace(subgroup * subgroupSize + within, subgroup, subgroupSize);
  @else let place = blockPlace(own, 0, 1);
  let line = group.x * LINES + place.column;
  // Lanes of lines that are not there go along, because all must wait for all, with no samples.
  let length = select(0u, params.length, line < params.lines);
  var kept: array<State, KEPT>;

  // There.
  var carry = Value();
  for (var tile = 0u; tile < params.tiles; tile++) {
    let start = (tile * lanes() + place.lane) * params.each;
    let count = countFrom(start, length);
    var map = identity();
    @if(first) var before = valueAt(guide, vec2u(max(start, 1) - 1, line), params.channels);
    for (var k = 0u; k < KEPT; k++) {
      if (k >= count) { break; }
      @if(first) kept[k] = stateFrom(source, guide, vec2u(start + k, line), &before, params.channels);
      @else kept[k] = state[line * params.lineStride + (start + k) * params.stride];
      map = compose(map, mapOf(kept[k], select(gapOf(kept[k], params.stepBit, params.gap), 0.0, start + k == 0)));
    }
    var value = applied(composedBefore(map, place, false), carry);
    for (var k = 0u; k < KEPT; k++) {
      if (k >= count) { break; }
      value = applied(mapOf(kept[k], select(gapOf(kept[k], params.stepBit, params.gap), 0.0, start + k == 0)), value);
      kept[k] = withValue(kept[k], value);
      if (tile + 1 < params.tiles) { state[line * params.lineStride + (start + k) * params.stride] = kept[k]; }
    }
    carries[place.own] = value;
    workgroupBarrier();
    carry = carries[place.column + (lanes() - 1) * LINES];
    workgroupBarrier();
  }

  // And back. Behind the last sample there is none, and its gap is 0.
  var gapBehind = 0.0;
  for (var left = params.tiles; left > 0; left--) {
    let start = ((left - 1) * lanes() + place.lane) * params.each;
    let count = countFrom(start, length);
    if (left < params.tiles) {
      for (var k = 0u; k < KEPT; k++) {
        if (k >= count) { break; }
        kept[k] = state[line * params.lineStride + (start + k) * params.stride];
      }
    }
    gaps[place.own] = select(0.0, gapOf(kept[0], params.stepBit, params.gap), count > 0);
    workgroupBarrier();
    var gap = gapBehind;
    if (place.lane + 1 < lanes()) { gap = gaps[place.own + LINES]; }
    gapBehind = gaps[place.column];
    workgroupBarrier();
    let gapAfter = gap;
    var map = identity();
    for (var j = 0u; j < KEPT; j++) {
      let k = KEPT - 1 - j;
      if (k >= count) { continue; }
      map = compose(map, mapOf(kept[k], gap));
      gap = gapOf(kept[k], params.stepBit, params.gap);
    }
    var value = applied(composedBefore(map, place, true), carry);
    gap = gapAfter;
    for (var j = 0u; j < KEPT; j++) {
      let k = KEPT - 1 - j;
      if (k >= count) { continue; }
      value = applied(mapOf(kept[k], gap), value);
      gap = gapOf(kept[k], params.stepBit, params.gap);
      @if(last) textureStore(output, vec2u(line, start + k), vec4f(vec3f(value / LARGEST), 1));
      @else state[line * params.lineStride + (start + k) * params.stride] = withValue(kept[k], value);
    }
    carries[place.own] = value;
    workgroupBarrier();
    carry = carries[place.column];
    workgroupBarrier();
  }
}

fn countFrom(start: u32, length: u32) -> u32 {
  return select(0u, min(params.each, length - start), start < length);
}

// One step of the recursion: y -> x + gap (y - x).
fn mapOf(own: State, gap: f32) -> Affine {
  return Affine(valueIn(own) * (1 - gap), gap);
}
