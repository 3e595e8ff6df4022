// How far straight strokes are pushed sideways to bend over the forms, in px: unit (15 (far - 1/2) + 3.5 (near - 1/2)).
// Reads: near, far (g a tone in [0, 1], blurred by 4 and 14 units; far with texels of `factor` of near's). Writes: output rgba16float, r px; g and b 0, a 1.
// Source: ours. The slope of the push stays below about 0.8; above 1 strokes would fold over.
import package::lib::enlarge::coarseUv;
struct Params { unit: f32, factor: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var near: texture_2d<f32>;
@group(0) @binding(2) var far: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

const FAR = 15.0;
const NEAR = 3.5;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let broad = textureSampleLevel(far, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.factor, textureDimensions(far)), 0).g;
  let fine = textureLoad(near, id.xy, 0).g;
  textureStore(output, id.xy, vec4f(params.unit * (FAR * (broad - 0.5) + NEAR * (fine - 0.5)), 0, 0, 1));
}
