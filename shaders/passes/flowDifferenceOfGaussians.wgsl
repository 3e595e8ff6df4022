// Up to four sums of Gaussians across the edge in one loop: out_k = sum over |i| <= radius of weights(|i|)_k source_k(p + i stride n), n the normal.
// Reads: source (any format, interpolated, clamped; output k its g where `green` is 1 there, else r), tangents (passes/tangentFlow, nearest) or with
// `interpolated` tensor (passes/structureTensor, interpolated). Writes: output rgba16float.
// Source: H. Winnemoeller, J. E. Kyprianidis and S. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium", 2012, section 2.4 (flow-based).
import package::lib::enlarge::coarseUv;
@if(interpolated) import package::lib::structureTensor::tangentOf;
@else import package::lib::tangentAt::tangentAt;

struct Params { radius: i32, stride: f32, green: vec4f, weights: array<vec4f, 196>, @if(interpolated) texel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@if(interpolated) @group(0) @binding(2) var tensor: texture_2d<f32>;
@else @group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let size = vec2f(textureDimensions(source));
  @if(interpolated) let tangent = tangentOf(textureSampleLevel(tensor, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.texel, textureDimensions(tensor)), 0).rgb).xy;
  @else let tangent = tangentAt(tangents, id.xy, textureDimensions(source)).xy;
  let start = (vec2f(id.xy) + 0.5) / size;
  let step = params.stride * vec2f(-tangent.y, tangent.x) / size;
  let here = textureLoad(source, id.xy, 0).rg;
  var sum = params.weights[0] * mix(vec4f(here.x), vec4f(here.y), params.green);
  for (var i = 1; i <= params.radius; i++) {
    let ahead = textureSampleLevel(source, bilinear, start + f32(i) * step, 0).rg;
    let behind = textureSampleLevel(source, bilinear, start - f32(i) * step, 0).rg;
    let both = ahead + behind;
    sum += params.weights[i] * mix(vec4f(both.x), vec4f(both.y), params.green);
  }
  textureStore(output, id.xy, sum);
}
