// out.r = a step of a tone (r of field), g the lines of the responses (gb), b the tone by `around`
import package::lib::lines::{ aaStep, dodged, lineDarkness, slopesAt };
struct Params { step: vec2f, anisotropy: f32, threshold: f32, softness: f32, weights: vec2f, around: f32, lift: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var field: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(field, id.xy, 0);
  let slopes = slopesAt(field, vec2i(id.xy));
  let stepped = aaStep(params.step.x, params.step.y, here.r, slopes.r);
  let line = lineDarkness(here.gb, slopes.gb, params.anisotropy, params.threshold, params.softness, params.weights);
  textureStore(output, id.xy, vec4f(stepped, line, dodged(here.r, params.around, params.lift), 1));
}
