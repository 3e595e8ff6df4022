// Brings a picture to the working size and orientation: out(p) = mean of the source over the area of p; where that is fully
// transparent, the rgb of the nearest opaque neighbour within 64 px, else 0.
// Reads: raw (any float or unorm format, straight alpha, sRGB code values; linear where `encode` is 1). Writes: output rgba8unorm, straight.
// Source: none.
import package::lib::resample::areaMean;
import package::lib::color::encodeSrgb;

struct Params { toSource: mat3x3f, extent: vec2f, encode: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var raw: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

const RINGS = 12;
const RING_RADII = array<f32, RINGS>(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64);
const DIRECTIONS = 16;
const TURN = 6.283185307;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let center = vec2f(id.xy) + 0.5;
  var color = meanAt(center);
  if (color.a == 0) { color = vec4f(nearestOpaque(center), 0); }
  if (params.encode == 1) { color = vec4f(encodeSrgb(color.rgb), color.a); }
  textureStore(output, id.xy, color);
}

fn meanAt(center: vec2f) -> vec4f {
  return areaMean(raw, raw, (params.toSource * vec3f(center, 1)).xy, params.extent);
}

fn nearestOpaque(center: vec2f) -> vec3f {
  for (var ring = 0; ring < RINGS; ring++) {
    for (var i = 0; i < DIRECTIONS; i++) {
      let angle = f32(i) * TURN / f32(DIRECTIONS);
      let color = meanAt(center + round(RING_RADII[ring] * vec2f(cos(angle), sin(angle))));
      if (color.a > 0) { return color.rgb; }
    }
  }
  return vec3f(0);
}
