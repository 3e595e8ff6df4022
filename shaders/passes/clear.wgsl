// Writes zero to every texel.
// Writes: output (rgba8unorm, or the format of the condition), alpha 0.
// Source: none; it stands for clearing without render attachments, which compatibility devices lack for floats.
@if(rgba16float) @group(0) @binding(0) var output: texture_storage_2d<rgba16float, write>;
@elif(r32float) @group(0) @binding(0) var output: texture_storage_2d<r32float, write>;
@elif(rgba32float) @group(0) @binding(0) var output: texture_storage_2d<rgba32float, write>;
@else @group(0) @binding(0) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(0));
}
