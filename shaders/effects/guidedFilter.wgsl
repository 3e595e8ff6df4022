// Guided filter, last step: out = the mean linear model around a pixel, applied to its colour.
// Reads: source (straight rgb code values), a, b, c: mean coefficients (layout: guidedCoefficients.wgsl), interpolated where they are coarser. Writes: output rgba8unorm, alpha 1.
// Source: K. He, J. Sun, X. Tang, "Guided Image Filtering", 2010, eq. 9.
import package::lib::enlarge::coarseUv;
import package::lib::guidedCoefficients::filtered;

// Side of a texel of the coefficients, in pixels.
struct Params { factor: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var a: texture_2d<f32>;
@group(0) @binding(3) var b: texture_2d<f32>;
@group(0) @binding(4) var c: texture_2d<f32>;
@group(0) @binding(5) var bilinear: sampler;
@group(0) @binding(6) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let at = coarseUv(vec2f(id.xy) + 0.5, params.factor, textureDimensions(a));
  let coefficients = mat3x4f(textureSampleLevel(a, bilinear, at, 0), textureSampleLevel(b, bilinear, at, 0), textureSampleLevel(c, bilinear, at, 0));
  textureStore(output, id.xy, vec4f(filtered(textureLoad(source, id.xy, 0).rgb, coefficients), 1));
}
