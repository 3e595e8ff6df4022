// out.r = 1 - prod(1 - k cover(width (1 + k) / 2)), k = r of source at the middle of a stroke; g the sum of the coverages / 4. The grid is pushed by 20 g.
import package::lib::penStrokes::{ penCover, penHits, penOf, penPlace, penStroke };
struct Params { pens: array<vec4f, 3>, penSeeds: array<vec4u, 2> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let last = vec2i(textureDimensions(source)) - 1;
  let pen = penOf(params.pens[0], params.pens[1], params.pens[2], params.penSeeds[0], params.penSeeds[1]);
  let place = penPlace(pen, vec2f(id.xy), 20 * textureLoad(source, id.xy, 0).g);
  var clear = 1.0;
  var sum = 0.0;
  var left = penHits(pen, place);
  while (left != 0) {
    let stroke = penStroke(pen, place, firstTrailingBit(left));
    left &= left - 1;
    let k = textureLoad(source, clamp(stroke.texel, vec2i(0), last), 0).r;
    let cover = penCover(pen, stroke, 0.5 * (1 + k) * pen.width);
    clear *= 1 - k * cover;
    sum += cover;
  }
  textureStore(output, id.xy, vec4f(1 - clear, sum / 4, 0, 1));
}
