// The structure tensor of no direction: E = G, F = 0.
// Writes: output rgba16float, (1, 0, 1, 1) in every texel: anisotropy 0, the whole radius.
// Source: none.
@group(0) @binding(0) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(1, 0, 1, 1));
}
