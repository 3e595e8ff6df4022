// Sums along each line, up to and with each sample: of its colour times how much it counts; with `transform` of 1 + slope * |I_j - I_(j-1)|_1, which
// is the domain transform; with `trapezoids` of the areas between samples under the polyline through them, over the transformed domain.
// Reads: color (straight rgb code values, alpha in a), with `trapezoids` transform too (ct of the same lines, px). Writes: output rgba32float, (rgb -
// CENTER, 1) times what counts; with `transform` r32float, in px, from 1.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, eq. 11 and sec. 5.1 and 5.2.
import package::lib::counted::counted;
import package::lib::line::{lineCount, lineLength, texelOnLine};
import package::lib::blockPlace::{LINES, blockPlace, lanes};
import package::lib::sumScan::sumScan;

@if(subgroups) enable subgroups;
@if(subgroups) requires subgroup_id;
@if(subgroups) diagnostic(off, subgroup_uniformity);

// `each`: samples of a lane in one tile.
struct Params { along: vec2u, @if(!serial) each: u32, @if(!serial) tiles: u32, @if(transform) slope: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var color: texture_2d<f32>;
@if(trapezoids) @group(0) @binding(2) var transform: texture_2d<f32>;
@if(transform) @group(0) @binding(3) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(3) var output: texture_storage_2d<rgba32float, write>;

@if(serial)
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (id.x >= lineCount(size, params.along)) { return; }
  var sum = vec4f(0);
  for (var i = 0u; i < lineLength(size, params.along); i++) {
    sum += termAt(id.x, i);
    textureStore(output, texelOnLine(id.x, i, params.along), sum);
  }
}

@if(!serial)
@compute @workgroup_size(128)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @if(!subgroups) @builtin(local_invocation_index) own: u32,
  @if(subgroups) @builtin(subgroup_id) subgroup: u32,
  @if(subgroups) @builtin(subgroup_size) subgroupSize: u32,
  @if(subgroups) @builtin(subgroup_invocation_id) within: u32,
) {
  let size = textureDimensions(output);
  @if(subgroups) let place = blockPlace(subgroup * subgroupSize + within, subgroup, subgroupSize);
  @else let place = blockPlace(own, 0, 1);
  let line = group.x * LINES + place.column;
  // Lanes of lines that are not there go along, because all must wait for all, with no samples.
  let length = select(0u, lineLength(size, params.along), line < lineCount(size, params.along));
  var carry = vec4f(0);
  for (var tile = 0u; tile < params.tiles; tile++) {
    let start = min((tile * lanes() + place.lane) * params.each, length);
    let end = min(start + params.each, length);
    var part = vec4f(0);
    for (var i = start; i < end; i++) { part += termAt(line, i); }
    let scan = sumScan(part, place);
    var sum = carry + scan.upTo - part;
    for (var i = start; i < end; i++) {
      sum += termAt(line, i);
      textureStore(output, texelOnLine(line, i, params.along), sum);
    }
    carry += scan.all;
  }
}

@if(transform)
fn termAt(line: u32, i: u32) -> vec4f {
  let difference = abs(colorAt(line, i).rgb - colorAt(line, max(i, 1) - 1).rgb);
  return vec4f(1 + params.slope * (difference.b + difference.g + difference.r));
}
@if(trapezoids)
fn termAt(line: u32, i: u32) -> vec4f {
  let before = max(i, 1) - 1;
  let width = transformAt(line, i) - transformAt(line, before);
  return 0.5 * width * (counted(colorAt(line, before)) + counted(colorAt(line, i)));
}
@if(!transform && !trapezoids)
fn termAt(line: u32, i: u32) -> vec4f {
  return counted(colorAt(line, i));
}

fn colorAt(line: u32, i: u32) -> vec4f {
  return textureLoad(color, texelOnLine(line, i, params.along), 0);
}

@if(trapezoids)
fn transformAt(line: u32, i: u32) -> f32 {
  return textureLoad(transform, texelOnLine(line, i, params.along), 0).r;
}
