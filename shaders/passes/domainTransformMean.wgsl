// Box mean in the transformed domain: out_j = sum of a_k I_k / sum of a_k over the samples k of j's line with |ct_k - ct_j| <= radius.
// Reads: color (straight rgb code values, alpha in a), transform (ct of the same lines, px). Writes: output rgba16float: rgb; a as it was, 1 where last.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1 (normalized convolution).
import package::lib::domainSweep::{ENTERS, SETTLED, advance, nextChange, sampleOf, sweepFrom};
import package::lib::line::{lineCount, lineLength, texelOnLine};

struct Params { along: vec2u, radius: f32, last: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var color: texture_2d<f32>;
@group(0) @binding(2) var transform: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

// Samples of a line that one invocation writes, so that sums are short and lines have many invocations.
override STRIP: u32;

@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  let length = lineLength(size, params.along);
  let start = id.y * STRIP;
  if (id.x >= lineCount(size, params.along) || start >= length) { return; }
  let end = min(start + STRIP, length);
  var sweep = sweepFrom(transform, id.x, params.along, length, start, params.radius);
  var sum = vec4f(0);
  while (sweep.at < end) {
    let change = nextChange(sweep, params.radius);
    let p = texelOnLine(id.x, sampleOf(sweep, change), params.along);
    let own = textureLoad(color, p, 0);
    if (change == SETTLED) {
      textureStore(output, p, vec4f(select(sum.rgb / sum.a, own.rgb, sum.a == 0), select(own.a, 1, params.last == 1)));
    } else {
      sum += weighted(own) * select(-1.0, 1.0, change == ENTERS);
    }
    advance(&sweep, change, transform, id.x, params.along, length);
  }
}

// 8-bit alpha as a whole number: sums of it are exact, so a window of transparent samples alone has the weight 0.
fn weighted(own: vec4f) -> vec4f {
  return vec4f(own.rgb, 1) * round(own.a * 255);
}
