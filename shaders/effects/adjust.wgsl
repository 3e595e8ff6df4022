// Colour adjustment: out = clamp(M * (rgb, 1)), one affine matrix for brightness, contrast, saturation and hue together.
// Reads: source (rgb sRGB code values). Writes: output rgba8unorm, alpha 1.
// Source: P. Haeberli, "Matrix Operations for Image Processing", 1993.
struct Params { matrix: mat4x4f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let rgb = (params.matrix * vec4f(textureLoad(source, id.xy, 0).rgb, 1)).rgb;
  textureStore(output, id.xy, vec4f(rgb, 1));
}
