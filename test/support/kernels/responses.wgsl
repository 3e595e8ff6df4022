// What passes/lineField gives, out of a picture: r calm, 20 (g - 1/2) and 20 (b - 1/2) the responses of fine and broad lines
@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(source, id.xy, 0).rgb;
  textureStore(output, id.xy, vec4f(here.r, 20 * (here.gb - 0.5), 1));
}
