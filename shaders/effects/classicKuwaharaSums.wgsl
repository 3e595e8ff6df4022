// Sums of (c - 1/2, |c - 1/2|^2) over windows of radius + 1 texels that end at each place of a line: window i is [i - radius, i], cut at the borders, i from 0 to length + radius - 1.
// Reads: source (rgb sRGB code values); ?boxes: these sums along the other direction. Writes: output rgba32float, the sums; ?boxes: rgba16float, the mean of rgb and the variance
// over rgb of the box. Source: M. Kuwahara et al., "Processing of RI-angiocardiographic images", 1976; a summed-area table would lose the small differences of large sums.
import package::lib::kuwahara::CENTER;
import package::lib::line::{lineCount, lineLength, texelOnLine};

// `along`: (1, 0) over rows, (0, 1) over columns; `size` of the picture.
struct Params { along: vec2u, size: vec2u, radius: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@if(boxes) @group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;
@else @group(0) @binding(2) var output: texture_storage_2d<rgba32float, write>;

// Samples of a line that one invocation writes.
override STRIP: u32;

// A window slides along: what enters is added and what leaves is taken away, so its width costs only at the start of a strip.
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  let start = i32(id.y * STRIP);
  let end = min(start + i32(STRIP), i32(lineLength(size, params.along)));
  if (id.x >= lineCount(size, params.along) || start >= end) { return; }
  var sum = vec4f(0);
  for (var i = start - params.radius; i < start; i++) { sum += sampleAt(id.x, i); }
  for (var i = start; i < end; i++) {
    sum += sampleAt(id.x, i);
    store(texelOnLine(id.x, u32(i), params.along), sum);
    sum -= sampleAt(id.x, i - params.radius);
  }
}

// Nothing beyond the borders.
fn sampleAt(line: u32, i: i32) -> vec4f {
  let last = i32(lineLength(params.size, params.along)) - 1;
  let value = textureLoad(source, texelOnLine(line, u32(clamp(i, 0, last)), params.along), 0);
  @if(boxes) let moments = value;
  @else let moments = vec4f(value.rgb - CENTER, dot(value.rgb - CENTER, value.rgb - CENTER));
  return select(vec4f(0), moments, i >= 0 && i <= last);
}

@if(boxes)
fn store(at: vec2u, sum: vec4f) {
  let inside = min(at, params.size - 1) - vec2u(max(vec2i(at) - params.radius, vec2i(0))) + 1;
  let moments = sum / f32(inside.x * inside.y);
  textureStore(output, at, vec4f(moments.rgb, max(0, moments.a - dot(moments.rgb, moments.rgb))));
}
@else
fn store(at: vec2u, sum: vec4f) {
  textureStore(output, at, sum);
}
