// Shows a structure tensor as a colour: ((E - G) / (E + G), 2 F / (E + G)) from [-1, 1] to [0, 1], and sqrt(E + G).
struct Params { texel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tensor: texture_2d<f32>;
@group(0) @binding(2) var bilinear: sampler;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let t = textureSampleLevel(tensor, bilinear, (vec2f(id.xy) + 0.5) / (params.texel * vec2f(textureDimensions(tensor))), 0).rgb / 256;
  let trace = max(t.x + t.z, 1e-9);
  textureStore(output, id.xy, vec4f(0.5 + 0.5 * vec2f(t.x - t.z, 2 * t.y) / trace, sqrt(trace), 1));
}
