// out = share of texels that are darker or equal
@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var<storage, read> histogram: array<u32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let bin = u32(textureLoad(source, id.xy, 0).r * 255 + 0.5);
  var below = 0u;
  for (var i = 0u; i <= bin; i++) { below += histogram[i]; }
  textureStore(output, id.xy, vec4f(vec3f(f32(below) / f32(size.x * size.y)), 1));
}
