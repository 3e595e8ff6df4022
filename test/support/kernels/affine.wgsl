// out = params.gain * in + params.amount, alpha 1
struct Params { gain: vec3f, amount: vec3f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(params.gain * textureLoad(source, id.xy, 0).rgb + params.amount, 1));
}
