// How much of a fine picture a broad one has lost: the mean of |fine - broad| over cells of factor x factor pixels.
// Reads: fine, broad (rgb sRGB code values, equal size). Writes: output r32float in [0, sqrt 3]; the last row and column of cells repeat the edge.
// Source: A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", 1998, section 2.1 (the misfit).
struct Params { factor: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var fine: texture_2d<f32>;
@group(0) @binding(2) var broad: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<r32float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let last = vec2i(textureDimensions(fine)) - 1;
  let corner = vec2i(id.xy) * params.factor;
  var sum = 0.0;
  for (var y = 0; y < params.factor; y++) {
    for (var x = 0; x < params.factor; x++) {
      let p = min(corner + vec2i(x, y), last);
      sum += distance(textureLoad(fine, p, 0).rgb, textureLoad(broad, p, 0).rgb);
    }
  }
  textureStore(output, id.xy, vec4f(sum / f32(params.factor * params.factor)));
}
