// A picture of whatever a texture holds: out = scale * value + offset, of rgb or of one channel in grey.
// Reads: texel nearest to each pixel of texture (any size, format and range). Writes: output rgba16float, which the last pass clamps, alpha 1.
// Source: none.
// A channel below 0 stands for rgb.
struct Params { scale: f32, offset: f32, channel: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var texture: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let value = textureLoad(texture, (2 * id.xy + 1) * textureDimensions(texture) / (2 * size), 0);
  let shown = select(value.rgb, vec3f(value[max(params.channel, 0)]), params.channel >= 0);
  textureStore(output, id.xy, vec4f(params.scale * shown + params.offset, 1));
}
