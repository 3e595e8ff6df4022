// Means over cells of factor x factor pixels, and so many cells around the picture as `margin` says: out(q) = sum of a_p c_p / sum of a_p.
// Reads: source (straight rgb code values, alpha in a), reflected at the border without repeating it. Writes: output rgba8unorm: mean rgb, mean alpha.
// Source: none; the border is OpenCV's BORDER_REFLECT_101.
import package::lib::reflect::reflected;

struct Params { factor: i32, margin: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let size = textureDimensions(source);
  let first = (vec2i(id.xy) - params.margin) * params.factor;
  var weighted = vec4f(0);
  var plain = vec3f(0);
  for (var y = first.y; y < first.y + params.factor; y++) {
    for (var x = first.x; x < first.x + params.factor; x++) {
      let texel = textureLoad(source, reflected(vec2i(x, y), size), 0);
      weighted += vec4f(texel.rgb * texel.a, texel.a);
      plain += texel.rgb;
    }
  }
  let count = f32(params.factor * params.factor);
  textureStore(output, id.xy, vec4f(select(weighted.rgb / weighted.a, plain / count, weighted.a == 0), weighted.a / count));
}
