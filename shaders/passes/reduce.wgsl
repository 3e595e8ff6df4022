// Reduces a picture by a whole factor: out(q + rim) = mean of source over the factor x factor pixels of q. The rim holds cells of the repeated edge.
// Reads: source (any format), clamped at the edge. Writes: output rgba16float, or with `scalar` r32float = dot(mean, channels); same range.
// Source: area averaging, as in any text on sampling.
struct Params { factor: i32, rim: i32, channels: vec4f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@if(scalar) @group(0) @binding(2) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

@if(scalar) fn selected(value: vec4f) -> vec4f { return vec4f(dot(value, params.channels)); }
@else fn selected(value: vec4f) -> vec4f { return value; }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let last = vec2i(textureDimensions(source)) - 1;
  let first = (vec2i(id.xy) - params.rim) * params.factor;
  var sum = vec4f(0);
  for (var y = first.y; y < first.y + params.factor; y++) {
    for (var x = first.x; x < first.x + params.factor; x++) {
      sum += textureLoad(source, clamp(vec2i(x, y), vec2i(0), last), 0);
    }
  }
  textureStore(output, id.xy, selected(sum / f32(params.factor * params.factor)));
}
