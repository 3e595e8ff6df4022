// A structure tensor filled from coarser copies of itself and a direction at rest: T + wideGain G(wide) T + rest; `?twice` adds widestGain G(widest) T; a as it was.
// Reads: tensor, wide, widest (E, F, G of one scale; texels of 1, wideFactor and widestFactor of the tensor's; rims around the first two). Writes: output rgba16float, the same scale.
// Source: after J. E. Kyprianidis and H. Kang, "Image and Video Abstraction by Coherence-Enhancing Filtering", 2011, section 3.1; linear instead of thresholded.
import package::lib::structureTensor::TENSOR_SCALE;

// `rest`: (E, F, G), not scaled. `rims`: texels of tensor and wide beyond each edge of the picture.
@if(twice) struct Params { rest: vec3f, rims: vec2u, wideFactor: f32, wideGain: f32, widestFactor: f32, widestGain: f32 }
@else struct Params { rest: vec3f, rims: vec2u, wideFactor: f32, wideGain: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tensor: texture_2d<f32>;
@group(0) @binding(2) var wide: texture_2d<f32>;
@if(twice) @group(0) @binding(3) var widest: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba16float, write>;

// Where in [0, 1] a pixel lies on a texture with texels of `factor` of them, and a rim.
fn placeOn(size: vec2u, at: vec2f, factor: f32, rim: u32) -> vec2f {
  return (at / factor + f32(rim)) / vec2f(size);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let at = vec2f(id.xy) + 0.5;
  let own = textureLoad(tensor, id.xy + params.rims.x, 0);
  var filled = own.rgb + TENSOR_SCALE * params.rest;
  filled += params.wideGain * textureSampleLevel(wide, bilinear, placeOn(textureDimensions(wide), at, params.wideFactor, params.rims.y), 0).rgb;
  @if(twice) filled += params.widestGain * textureSampleLevel(widest, bilinear, placeOn(textureDimensions(widest), at, params.widestFactor, 0), 0).rgb;
  textureStore(output, id.xy, vec4f(filled, own.a));
}
