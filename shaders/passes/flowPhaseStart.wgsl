// Kernels of phasor noise before they agree: one per cell of a period, with the normal of the flow at its centre and a random phase; `?previous`: the phase of the frame before.
// Reads: tensor (E, F, G, texels of `texel` px); `?previous`: previous, a texel a kernel. Writes: output rgba32float: z as cosine and sine, and the normal n.
// Source: as shaders/lib/phasor.wgsl.
import package::lib::flowPhase::lineNormal;
import package::lib::noise::hash01;
import package::lib::phasor::{ TURN, alignedPhase, unitAt };

// `turn`: cosine and sine of the angle at which lines cross the flow.
struct Params { turn: vec2f, period: f32, texel: f32, seed: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tensor: texture_2d<f32>;
@if(previous) @group(0) @binding(2) var previous: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba32float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let centre = (vec2f(id.xy) - 0.5) * params.period + 0.5;
  let n = lineNormal(textureSampleLevel(tensor, bilinear, centre / (params.texel * vec2f(textureDimensions(tensor))), 0).rgb, params.turn);
  @if(previous) let z = alignedPhase(textureLoad(previous, id.xy, 0), n);
  @else let z = unitAt(TURN * hash01(i32(id.x), i32(id.y), params.seed));
  textureStore(output, id.xy, vec4f(z, n));
}
