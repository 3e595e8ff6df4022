// Brings a picture to the working size and orientation: out(p) = mean of the source over the area of p; where that is fully
// transparent, the rgb of the nearest opaque neighbour within 64 px, else 0. With `copy`, for maps of texels onto texels, the mean is one load.
// With `external` the picture is a video frame where it lies; its texels may be more or fewer than the `size` that `toSource` maps to.
// Reads: raw (any float or unorm format, straight alpha, sRGB code values; linear where `encode` is 1, which `copy` cannot).
// Writes: output rgba8unorm, straight.
// Source: none.
@if(copy) import package::lib::resample::texelAt;
@if(external) import package::lib::resample::videoMean;
@if(!copy && !external) import package::lib::color::encodeSrgb;
@if(!copy && !external) import package::lib::resample::areaMean;

struct Params { toSource: mat3x3f, extent: vec2f, encode: u32, size: vec2f }
@group(0) @binding(0) var<uniform> params: Params;
@if(external) @group(0) @binding(1) var raw: texture_external;
@else @group(0) @binding(1) var raw: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

// Rings of neighbours, 1, 2, 3, 4, 6, 8, 12 … 64 px away.
const RINGS = 12u;
const DIRECTIONS = 16u;
const NEIGHBORS = RINGS * DIRECTIONS;
// Of the directions in the first quarter; the others are these, turned.
const COSINES = vec4f(1, 0.92387953, 0.70710678, 0.38268343);
const SINES = vec4f(0, 0.38268343, 0.70710678, 0.92387953);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let center = vec2f(id.xy) + 0.5;
  var place = center;
  var color = vec4f(0);
  var neighbor = 0u;
  // The pixel itself is looked at in the same loop as its neighbours: where lanes run in step, a loop of its own would
  // run once for opaque pixels too.
  loop {
    color = meanAt(place);
    if (color.a > 0 || neighbor == NEIGHBORS) { break; }
    place = center + offsetOf(neighbor);
    neighbor++;
  }
  var rgb = select(vec3f(0), color.rgb, color.a > 0);
  @if(!copy && !external) if (params.encode == 1) { rgb = encodeSrgb(rgb); }
  textureStore(output, id.xy, vec4f(rgb, select(0, color.a, neighbor == 0)));
}

@if(copy) fn meanAt(place: vec2f) -> vec4f {
  return texelAt(raw, vec2i(floor((params.toSource * vec3f(place, 1)).xy)));
}
@if(external) fn meanAt(place: vec2f) -> vec4f {
  let density = vec2f(textureDimensions(raw)) / params.size;
  return videoMean(raw, (params.toSource * vec3f(place, 1)).xy * density, params.extent * density);
}
@if(!copy && !external) fn meanAt(place: vec2f) -> vec4f {
  return areaMean(raw, raw, (params.toSource * vec3f(place, 1)).xy, params.extent);
}

fn offsetOf(neighbor: u32) -> vec2f {
  let ring = neighbor / DIRECTIONS;
  // 1, then 2^k and 3 * 2^(k - 1) by turns.
  let radius = ((3 - (ring & 1)) << ((ring + 1) / 2)) / 2;
  let direction = neighbor % DIRECTIONS;
  let across = vec2f(COSINES[direction % 4], SINES[direction % 4]);
  let turned = select(across, vec2f(-across.y, across.x), (direction & 4) != 0);
  return round(f32(radius) * select(turned, -turned, (direction & 8) != 0));
}
