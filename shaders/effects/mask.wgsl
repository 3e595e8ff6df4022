// out = source + (painted - source) c, with the cover c in [0, 1], or 1 - c where inverted.
// Reads: source, painted (rgb sRGB code values); cover (r, any format) of equal size. Writes: output rgba8unorm, alpha 1.
// Source: none.
struct Params { invert: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var painted: texture_2d<f32>;
@group(0) @binding(3) var cover: texture_2d<f32>;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let covered = clamp(textureLoad(cover, id.xy, 0).r, 0, 1);
  let share = select(covered, 1 - covered, params.invert == 1);
  textureStore(output, id.xy, vec4f(mix(textureLoad(source, id.xy, 0).rgb, textureLoad(painted, id.xy, 0).rgb, share), 1));
}
