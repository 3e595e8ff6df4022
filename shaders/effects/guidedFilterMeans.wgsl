// Box means along lines, of ten numbers a texel: out_i = sum over |k - i| <= whole of t_k, and `part` of the next on each side, divided by 2 whole + 1 + 2 part.
// Reads: a, b, c, mirrored at the border; with `moments` instead the moments of cells of source (straight rgb code values, alpha in a). Writes: outA, outB,
// outC, 32-bit floats with `moments` and `rgba32float`, else 16-bit; with `coefficients` what a window's moments say of the result. Layout: guidedCoefficients.wgsl.
// Source: K. He, J. Sun, X. Tang, "Guided Image Filtering", 2010; cells for pixels after K. He, J. Sun, "Fast Guided Filter", 2015, but with all of their pixels' moments.
@if(coefficients) import package::lib::guidedCoefficients::coefficientsOf;
@if(moments) import package::lib::guidedCoefficients::momentsOf;
import package::lib::line::{lineCount, lineLength, texelOnLine};
import package::lib::reflect::mirrored;

struct Params { along: vec2u, whole: i32, part: f32, factor: u32, epsilon: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@if(moments) @group(0) @binding(1) var source: texture_2d<f32>;
@else @group(0) @binding(1) var a: texture_2d<f32>;
@if(!moments) @group(0) @binding(2) var b: texture_2d<f32>;
@if(!moments) @group(0) @binding(3) var c: texture_2d<f32>;
@if(moments || rgba32float) @group(0) @binding(4) var outA: texture_storage_2d<rgba32float, write>;
@else @group(0) @binding(4) var outA: texture_storage_2d<rgba16float, write>;
@if(moments || rgba32float) @group(0) @binding(5) var outB: texture_storage_2d<rgba32float, write>;
@else @group(0) @binding(5) var outB: texture_storage_2d<rgba16float, write>;
@if(moments || rgba32float) @group(0) @binding(6) var outC: texture_storage_2d<rgba32float, write>;
@else @group(0) @binding(6) var outC: texture_storage_2d<rgba16float, write>;

// Samples of a line that one invocation writes.
override STRIP: u32;

// A window slides along: what enters is added and what leaves is taken away, so its width costs only at the start of a strip.
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(outA);
  let length = lineLength(size, params.along);
  let start = i32(id.y * STRIP);
  let end = min(start + i32(STRIP), i32(length));
  if (id.x >= lineCount(size, params.along) || start >= end) { return; }
  var sum = mat3x4f();
  for (var i = start - params.whole; i <= start + params.whole; i++) { sum += sampleAt(id.x, i, length); }
  var before = sampleAt(id.x, start - params.whole - 1, length);
  for (var i = start; i < end; i++) {
    let after = sampleAt(id.x, i + params.whole + 1, length);
    let mean = (sum + params.part * (before + after)) * (1 / (f32(2 * params.whole + 1) + 2 * params.part));
    store(texelOnLine(id.x, u32(i), params.along), mean);
    before = sampleAt(id.x, i - params.whole, length);
    sum += after - before;
  }
}

@if(!moments) fn sampleAt(line: u32, i: i32, length: u32) -> mat3x4f {
  let at = texelOnLine(line, mirrored(i, length), params.along);
  return mat3x4f(textureLoad(a, at, 0), textureLoad(b, at, 0), textureLoad(c, at, 0));
}
@else fn sampleAt(line: u32, i: i32, length: u32) -> mat3x4f {
  let size = textureDimensions(source);
  let first = params.factor * texelOnLine(line, mirrored(i, length), params.along);
  let end = min(first + params.factor, size);
  var sum = mat3x4f();
  for (var y = first.y; y < end.y; y++) {
    for (var x = first.x; x < end.x; x++) { sum += momentsOf(textureLoad(source, vec2u(x, y), 0)); }
  }
  return sum * (1 / f32(params.factor * params.factor));
}

fn store(at: vec2u, mean: mat3x4f) {
  @if(coefficients) let result = coefficientsOf(mean, params.epsilon);
  @else let result = mean;
  textureStore(outA, at, result[0]);
  textureStore(outB, at, result[1]);
  textureStore(outC, at, result[2]);
}
