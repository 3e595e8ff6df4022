// What one scale of the multi-scale Kuwahara filter starts from: beta c + (1 - beta) (the coarser result, enlarged), beta = clamp(gain sqrt(noise trace)), so calm places keep the large brush.
// Reads: picture (rgb sRGB code values), coarse (the painted next scale, half the size), tensor (E, F, G times TENSOR_SCALE of picture); all clamped. Writes: output rgba8unorm, alpha 1.
// Source: J. E. Kyprianidis, "Image and Video Abstraction by Multi-scale Anisotropic Kuwahara Filtering", 2011; the deviation is taken from the tensor that is there already.
import package::lib::enlarge::coarseUv;
import package::lib::structureTensor::TENSOR_SCALE;

// `gain`: beta per standard deviation; `texel`: px per texel of `tensor`.
struct Params { gain: f32, texel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var picture: texture_2d<f32>;
@group(0) @binding(2) var coarse: texture_2d<f32>;
@group(0) @binding(3) var tensor: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba8unorm, write>;

// Of white noise of variance v in each channel, Sobel / 4 has the variance 3/4 v along each axis.
const NOISE = 2.0 / 3.0;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy) + 0.5;
  let flow = textureSampleLevel(tensor, bilinear, coarseUv(p, params.texel, textureDimensions(tensor)), 0);
  let deviation = sqrt(NOISE / TENSOR_SCALE * (flow.x + flow.z));
  let painted = textureSampleLevel(coarse, bilinear, coarseUv(p, 2, textureDimensions(coarse)), 0).rgb;
  textureStore(output, id.xy, vec4f(mix(painted, textureLoad(picture, id.xy, 0).rgb, saturate(params.gain * deviation)), 1));
}
