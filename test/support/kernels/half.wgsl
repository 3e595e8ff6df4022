// out = in in the upper half of the picture; the lower half is not written.
@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (id.x >= size.x || id.y >= size.y / 2) { return; }
  textureStore(output, id.xy, textureLoad(source, id.xy, 0));
}
