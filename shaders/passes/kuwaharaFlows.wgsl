// Flow of one scale of the multi-scale Kuwahara filter: (A T + A' T') / (A + A'), T its own tensor, T' that of the coarser scale, A and A' their anisotropies.
// Reads: tensor and coarse (E, F, G times TENSOR_SCALE, coarse of half the size and clamped). Writes: output rgba16float, the same scale, a as tensor has it.
// Source: J. E. Kyprianidis, "Image and Video Abstraction by Multi-scale Anisotropic Kuwahara Filtering", 2011; who is flat has a small tensor and gives way, too.
import package::lib::enlarge::coarseUv;
import package::lib::structureTensor::anisotropy;

@group(0) @binding(0) var tensor: texture_2d<f32>;
@group(0) @binding(1) var coarse: texture_2d<f32>;
@group(0) @binding(2) var bilinear: sampler;
@group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

// Where neither has a direction.
const LEAST = 1e-6;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let own = textureLoad(tensor, id.xy, 0);
  let other = textureSampleLevel(coarse, bilinear, coarseUv(vec2f(id.xy) + 0.5, 2, textureDimensions(coarse)), 0).rgb;
  let a = anisotropy(own.rgb) + LEAST;
  let b = anisotropy(other) + LEAST;
  textureStore(output, id.xy, vec4f((a * own.rgb + b * other) / (a + b), own.a));
}
