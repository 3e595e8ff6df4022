// Colour dodge: line = min(1, y / max(FLOOR, blur(y))) ^ gamma. Gray: out = mix(y, line, strength). With `colored` the line takes the
// tone of the picture, thinned, and its chroma: t = line (1 - shade (1 - y)), out = mix(rgb, t + k saturation (rgb - y), strength), k <= 1 in gamut.
// Reads: source (rgb sRGB code values), coarse (blurred luma, r32float, maybe reduced). Writes: output rgba8unorm, alpha 1.
// Source: g / (1 - blur(1 - g)), the "dodge" layer mode of image editors, which is g / blur(g) because a blur is linear.
import package::lib::color::luminance;
import package::lib::enlarge::enlargedFour;

struct Params { factor: f32, strength: f32, gamma: f32, @if(colored) shade: f32, @if(colored) saturation: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var coarse: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// One code value, so that nothing is divided by 0.
const FLOOR = 1.0 / 255.0;

// Each invocation draws this many pixels of a row, which share what they read of `coarse`.
const PIXELS = 4u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let first = vec2u(id.x * PIXELS, id.y);
  if (any(first >= textureDimensions(output))) { return; }
  let surroundings = enlargedFour(coarse, first, params.factor);
  // A store beyond the edge does nothing.
  for (var i = 0u; i < PIXELS; i++) {
    let p = first + vec2u(i, 0);
    textureStore(output, p, vec4f(dodged(textureLoad(source, p, 0).rgb, surroundings[i]), 1));
  }
}

fn dodged(rgb: vec3f, surroundings: f32) -> vec3f {
  let y = luminance(rgb);
  let line = pow(clamp(y / max(surroundings, FLOOR), 1e-6, 1), params.gamma);
  @if(colored) return mix(rgb, pigment(line * (1 - params.shade * (1 - y)), params.saturation * (rgb - y)), params.strength);
  @else return vec3f(mix(y, line, params.strength));
}

// A colour of this luma whose chroma keeps its direction, as far as it stays in [0, 1].
@if(colored)
fn pigment(luma: f32, chroma: vec3f) -> vec3f {
  let room = select(vec3f(luma), vec3f(1 - luma), chroma > vec3f(0));
  let reach = room / max(abs(chroma), vec3f(1e-6));
  return luma + chroma * min(1, min(reach.r, min(reach.g, reach.b)));
}
