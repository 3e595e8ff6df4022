// A structure tensor that painted maps change: where directionMap says so it turns to d, T = trace ((1 - s) T / trace + s n n^T) with n across d; radiusMap scales its radius.
// Reads: tensor (E, F, G times TENSOR_SCALE; a: factor on the radius), ?radius radiusMap (r: factor), ?direction directionMap (r, g: 1/2 + (x, y) / 2, y down), stretched over the
// picture. Writes: output rgba16float, as tensor. Source: ours; a blend of tensors of equal trace, so that weak edges give way as strong ones do.
import package::lib::structureTensor::TENSOR_SCALE;

// `texel`: px per texel of `tensor`; `size` of the picture in px.
struct Params { size: vec2f, texel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tensor: texture_2d<f32>;
@if(radius) @group(0) @binding(2) var radiusMap: texture_2d<f32>;
@if(direction) @group(0) @binding(3) var directionMap: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba16float, write>;

// Eight bits have no 1/2: this much is none.
@if(direction) const NO_STRENGTH = 0.01;
// Of a squared gradient: in flat places a painted direction needs something to be the direction of. Edges have 0.01 to 1.
@if(direction) const LEAST_TRACE = 1e-4;

@if(direction)
fn turned(own: vec3f, painted: vec2f) -> vec3f {
  let d = 2 * painted - 1;
  let length = length(d);
  let strength = saturate((length - NO_STRENGTH) / (1 - NO_STRENGTH));
  if (strength == 0) { return own; }
  let n = vec2f(-d.y, d.x) / length;
  let trace = own.x + own.z;
  let unit = select(vec3f(0.5, 0, 0.5), own / trace, trace > 0);
  return max(trace, TENSOR_SCALE * LEAST_TRACE) * mix(unit, vec3f(n.x * n.x, n.x * n.y, n.y * n.y), strength);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let at = (vec2f(id.xy) + 0.5) * params.texel / params.size;
  var flow = textureLoad(tensor, id.xy, 0);
  @if(direction) flow = vec4f(turned(flow.rgb, textureSampleLevel(directionMap, bilinear, at, 0).rg), flow.a);
  @if(radius) flow.a *= textureSampleLevel(radiusMap, bilinear, at, 0).r;
  textureStore(output, id.xy, flow);
}
