// out = params.color
struct Params { color: vec4f }
@group(0) @binding(0) var<uniform> params: Params;
@if(r32float) @group(0) @binding(1) var output: texture_storage_2d<r32float, write>;
@elif(rgba16float) @group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;
@else @group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, params.color);
}
