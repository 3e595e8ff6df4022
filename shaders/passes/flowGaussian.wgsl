// Gaussian along the flow: walks from the pixel centre both ways along the tangent, out = sum exp(-u^2 / 2 sigma^2) source(p(u)) / sum exp(..), to ceil(2 sigma).
// Reads: source (any range, interpolated, clamped at the edge), tangents (passes/tangentFlow, nearest, clamped) or with `interpolated` tensor (passes/structureTensor, interpolated, clamped).
// Writes: output rgba16float, or with `scalar` r32float from dot(source, channels); range of the source. A line that leaves the picture goes on over the repeated edge.
// Source: B. Cabral and L. Leedom, "Imaging Vector Fields Using Line Integral Convolution", 1993; J. E. Kyprianidis and H. Kang, "Image and Video Abstraction by
// Coherence-Enhancing Filtering", 2011, section 3.2 (second-order Runge-Kutta, stop angle, adaptive sigma).
import package::lib::enlarge::coarseUv;
@if(interpolated) import package::lib::structureTensor::tangentOf;

// `stopCosine`: a line ends where it would turn by more than that angle; 0 is never. `adaptive`: 1 shortens lines where there is no direction; `texel`: px of the source
// per texel of the tensor.
struct Params { sigma: f32, stride: f32, stopCosine: f32, adaptive: f32, channels: vec4f, @if(interpolated) texel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@if(interpolated) @group(0) @binding(2) var tensor: texture_2d<f32>;
@else @group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@if(scalar) @group(0) @binding(4) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

@if(scalar) alias Value = f32;
@else alias Value = vec4f;
@if(scalar) fn selected(texel: vec4f) -> Value { return dot(texel, params.channels); }
@else fn selected(texel: vec4f) -> Value { return texel; }

// Half of a step and a little: a midpoint between two texels reads the one ahead, whichever way the line runs, so that a mirrored picture has mirrored lines.
const TO_MIDPOINT = 0.5001;

fn sampleAt(p: vec2f) -> Value {
  return selected(textureSampleLevel(source, bilinear, p / vec2f(textureDimensions(source)), 0));
}

// The tangent at `p`, of either sign, and the anisotropy. A mean of two tangents is no direction, so the nearest is taken; a mean of tensors is one.
@if(interpolated) fn flowAt(p: vec2f) -> vec3f {
  return tangentOf(textureSampleLevel(tensor, bilinear, coarseUv(p, params.texel, textureDimensions(tensor)), 0).rgb);
}
@else fn flowAt(p: vec2f) -> vec3f {
  let size = vec2f(textureDimensions(tangents));
  let at = vec2i(floor(p * (size / vec2f(textureDimensions(source)))));
  return textureLoad(tangents, clamp(at, vec2i(0), vec2i(size) - 1), 0).xyz;
}

// Turned to go on in the direction of `heading`.
fn tangentAlong(p: vec2f, heading: vec2f) -> vec2f {
  let tangent = flowAt(p).xy;
  return select(tangent, -tangent, dot(tangent, heading) < 0);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let start = vec2f(id.xy) + 0.5;
  let here = flowAt(start);
  let directed = 0.25 * (1 + here.z) * (1 + here.z);
  let sigma = params.sigma * mix(1, directed, params.adaptive);
  let steps = i32(ceil(2 * sigma / params.stride));
  let falloff = -0.5 * params.stride * params.stride / (sigma * sigma);
  var sum = sampleAt(start);
  var total = 1.0;
  for (var side = -1.0; side <= 1; side += 2) {
    var p = start;
    var heading = side * here.xy;
    for (var i = 1; i <= steps; i++) {
      let first = tangentAlong(p, heading);
      let middle = tangentAlong(p + TO_MIDPOINT * params.stride * first, heading);
      if (dot(middle, heading) < params.stopCosine) { break; }
      heading = middle;
      p += params.stride * heading;
      let weight = exp(falloff * f32(i * i));
      sum += weight * sampleAt(p);
      total += weight;
    }
  }
  textureStore(output, id.xy, vec4f(sum / total));
}
