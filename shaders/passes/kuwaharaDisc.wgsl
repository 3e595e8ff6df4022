// Anisotropic Kuwahara filter from a fixed number of taps: points of the unit disc mapped to the pixel's ellipse, sector weights known at build time.
// Reads: source (?disc*, ?spiral*, ?nearest*: rgb sRGB code values; ?moments*: of colorMoments.wgsl), tensor (E, F, G of any scale, a: factor on the radius), ?moments* picture (what
// source is made of); all clamped. Writes: output rgba8unorm, alpha 1.
// Source: J. E. Kyprianidis, A. Semmo, H. Kang, J. Doellner, "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010; the samples: build/generated/discSamples.ts.
import package::lib::enlarge::coarseUv;
import package::lib::kuwahara::ellipseAt;
import package::lib::kuwahara::mixSectors;
@if(disc64) import package::generated::disc64::{accumulate, bilinear};
@if(nearest64) import package::generated::nearest64::{accumulate, bilinear};
@if(spiral64) import package::generated::spiral64::{accumulate, bilinear};
@if(disc96) import package::generated::disc96::{accumulate, bilinear};
@if(moments96) import package::generated::moments96::{accumulate, bilinear};
@if(disc32) import package::generated::disc32::{accumulate, bilinear};
@if(moments32) import package::generated::moments32::{accumulate, bilinear};

// `sourceTexel`, `tensorTexel`: pixels per texel of `source` and of `tensor`.
struct Params { radius: f32, alpha: f32, q: f32, floor: f32, sourceTexel: f32, tensorTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var tensor: texture_2d<f32>;
@if(moments96 || moments32) @group(0) @binding(3) var picture: texture_2d<f32>;
@if(moments96 || moments32) @group(0) @binding(5) var output: texture_storage_2d<rgba8unorm, write>;
@else @group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

// A brush of fewer texels of a coarse level would blur where it ought to leave the picture.
const LEAST_TEXELS = 2.0;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy) + 0.5;
  let flow = textureSampleLevel(tensor, bilinear, coarseUv(p, params.tensorTexel, textureDimensions(tensor)), 0);
  let ellipse = ellipseAt(flow, params.radius / params.sourceTexel, params.alpha);
  let sectors = accumulate(p / params.sourceTexel, ellipse.major, ellipse.minor);
  let color = mixSectors(sectors, params.q, params.floor);
  @if(moments96 || moments32) {
    let own = textureLoad(picture, id.xy, 0).rgb;
    textureStore(output, id.xy, vec4f(mix(own, color, saturate(flow.a * params.radius / (LEAST_TEXELS * params.sourceTexel))), 1));
  }
  @else textureStore(output, id.xy, vec4f(color, 1));
}
