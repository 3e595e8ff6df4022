// Means over cells of factor x factor pixels, and over `margin` cells more on each side: out(q) = sum of a_p c_p / sum of a_p.
// Reads: source (straight rgb code values, alpha in a), reflected at the border. Writes: cells, row by row: mean rgb and mean alpha as pack4x8unorm.
// Source: none; the border is OpenCV's BORDER_REFLECT_101.
import package::lib::reflect::reflected;

struct Params { factor: i32, margin: i32, width: u32, height: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read_write> cells: array<u32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.width || id.y >= params.height) { return; }
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
  let color = select(weighted.rgb / weighted.a, plain / count, weighted.a == 0);
  cells[id.y * params.width + id.x] = pack4x8unorm(vec4f(color, weighted.a / count));
}
