// Box mean in the transformed domain of the polyline F through the samples: out_j = integral of F over [ct_j - radius, ct_j + radius] / (2 radius);
// before the first and behind the last sample F is constant. Colours count by alpha, which is interpolated and integrated like them.
// Reads: color (straight rgb code values, alpha in a), areas (sums of passes/lineSums?trapezoids), transform (ct of the same lines, px). Writes:
// output rgba16float: rgb; a as it was, 1 where last.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.2.
import package::lib::counted::{counted, meanOf};
import package::lib::line::{lineLength, texelOnLine};
import package::lib::windowBounds::windowBounds;

struct Params { along: vec2u, radius: f32, last: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var color: texture_2d<f32>;
@group(0) @binding(2) var areas: texture_2d<f32>;
@group(0) @binding(3) var transform: texture_2d<f32>;
@group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let at = dot(id.xy, params.along);
  let line = dot(id.xy, params.along.yx);
  let length = lineLength(size, params.along);
  let window = windowBounds(transform, line, at, params.along, length, params.radius);
  let center = textureLoad(transform, id.xy, 0).r;
  let first = window.low;
  let last = window.high - 1;
  // Between the first and the last sample of the window, and from these to its ends.
  var area = areaUpTo(line, last) - areaUpTo(line, first);
  area += areaBeside(line, first, max(first, 1) - 1, transformAt(line, first) - (center - params.radius));
  area += areaBeside(line, last, min(last + 1, length - 1), center + params.radius - transformAt(line, last));
  let own = textureLoad(color, id.xy, 0);
  textureStore(output, id.xy, vec4f(meanOf(area), select(own.a, 1, params.last == 1)));
}

// Under the polyline from sample `own` over `width` towards the sample `next`.
fn areaBeside(line: u32, own: u32, next: u32, width: f32) -> vec4f {
  let gap = abs(transformAt(line, next) - transformAt(line, own));
  let share = select(saturate(width / gap), 0.0, gap == 0);
  let here = counted(colorAt(line, own));
  let there = counted(colorAt(line, next));
  return width * mix(here, there, 0.5 * share);
}

fn areaUpTo(line: u32, i: u32) -> vec4f {
  return textureLoad(areas, texelOnLine(line, i, params.along), 0);
}

fn transformAt(line: u32, i: u32) -> f32 {
  return textureLoad(transform, texelOnLine(line, i, params.along), 0).r;
}

fn colorAt(line: u32, i: u32) -> vec4f {
  return textureLoad(color, texelOnLine(line, i, params.along), 0);
}
