// Box mean in the transformed domain: out_j = sum of w_k I_k / sum of w_k over the samples k of j's line with
// ct_j - radius < ct_k <= ct_j + radius, w by alpha; with `count` how many these are. For devices where barriers are dear: one invocation slides the window over STRIP samples.
// Reads: color (straight rgb code values, alpha in a), transform (ct of the same lines, px). Writes: output rgba16float: rgb; a as it was, 1 where
// last; with `count` r32float, from 1.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1 (normalized convolution).
import package::lib::counted::{counted, meanOf};
import package::lib::line::{lineCount, lineLength, texelOnLine};
import package::lib::windowSweep::{ENTERS, SETTLED, advance, nextChange, sampleOf, sweepFrom};

struct Params { along: vec2u, radius: f32, @if(!count) last: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@if(!count) @group(0) @binding(1) var color: texture_2d<f32>;
@group(0) @binding(2) var transform: texture_2d<f32>;
@if(count) @group(0) @binding(3) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

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
  @if(!count) var sum = vec4f(0);
  while (sweep.at < end) {
    let change = nextChange(sweep, params.radius);
    let p = texelOnLine(id.x, sampleOf(sweep, change), params.along);
    @if(count) if (change == SETTLED) { textureStore(output, p, vec4f(f32(sweep.high - sweep.low))); }
    @if(!count) {
      let own = textureLoad(color, p, 0);
      if (change == SETTLED) {
        textureStore(output, p, vec4f(meanOf(sum), select(own.a, 1, params.last == 1)));
      } else {
        sum += counted(own) * select(-1.0, 1.0, change == ENTERS);
      }
    }
    advance(&sweep, change, transform, id.x, params.along, length);
  }
}
