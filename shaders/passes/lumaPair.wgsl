// Two small pictures of a moving scene as one: (luma now, luma before, 0, 1).
// Reads: now, before (rgb sRGB code values, equal size). Writes: output rgba16float in [0, 1].
// Source: none.
import package::lib::color::luminance;

@group(0) @binding(0) var now: texture_2d<f32>;
@group(0) @binding(1) var before: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(luminance(textureLoad(now, id.xy, 0).rgb), luminance(textureLoad(before, id.xy, 0).rgb), 0, 1));
}
