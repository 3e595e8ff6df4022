// Unit tangent and anisotropy of a structure tensor: the minor eigenvector by its angle, atan2(2F, E - G) / 2 + pi / 2.
// Reads: tensor (E, F, G of any scale, a), interpolated. Writes: output rgba16float (x, y, anisotropy in [0, 1], a).
// Source: J. E. Kyprianidis and H. Kang, "Image and Video Abstraction by Coherence-Enhancing Filtering", 2011.
import package::lib::enlarge::coarseUv;
import package::lib::structureTensor::{ anisotropy, tangentAngle };

// `texel`: px of the result per texel of the tensor.
struct Params { texel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tensor: texture_2d<f32>;
@group(0) @binding(2) var bilinear: sampler;
@group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureSampleLevel(tensor, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.texel, textureDimensions(tensor)), 0);
  let angle = tangentAngle(here.rgb);
  textureStore(output, id.xy, vec4f(cos(angle), sin(angle), anisotropy(here.rgb), here.a));
}
