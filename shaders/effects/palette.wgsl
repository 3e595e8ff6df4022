// Each pixel takes the nearest colour of a palette. Near the border to another colour both are mixed, (1 - t) / (1 + t) parts of the other, t the distance to the border in half ramps; or dithered,
// one of them by a threshold.
// Reads: colors (OKLab), palette (OKLab). Writes: output rgba8unorm, alpha 1.
// Source: P. Heckbert, "Color Image Quantization for Frame Buffer Display", 1982; the soft borders are ours, after H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006.
import package::lib::color::fromOklab;
import package::lib::dither::{ bayer, rankedNoise };
import package::lib::lines::HALF_RAMP;
import package::lib::palette::{ fromVector, squared, toVector };
import package::lib::softQuantise::{ EDGE_GAIN, edgeness };

// origin: of the tile in the picture. dither: 0 none, 1 bayer, 2 noise. cell: of a threshold, px. softness: of a ramp, as a part of the distance between two colours. unit: px.
struct Params { origin: vec2u, count: u32, dither: u32, amount: f32, cell: u32, softness: f32, unit: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var colors: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> palette: array<vec4f>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

const NONE = 0u;
const BAYER = 1u;
const NOISE_SEED = 1u;
const FAR = 1e9;

// A pixel, with the palette's nearest colour and the squared distance to it; how it changes per px; the least ramp, as a part of the distance between two colours.
struct Place { color: vec3f, own: vec3f, least: f32, dx: vec3f, dy: vec3f, softness: f32 }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2i(id.xy);
  var place: Place;
  place.color = colorAt(p);
  place.least = FAR;
  for (var k = 0u; k < params.count; k++) {
    let color = colorOf(k);
    let distance = squared(place.color - color);
    place.own = select(place.own, color, distance < place.least);
    place.least = min(place.least, distance);
  }
  var result: vec3f;
  if (params.dither == NONE) {
    place.dx = 0.5 * (colorAt(p + vec2i(1, 0)) - colorAt(p - vec2i(1, 0)));
    place.dy = 0.5 * (colorAt(p + vec2i(0, 1)) - colorAt(p - vec2i(0, 1)));
    place.softness = params.softness / mix(1, EDGE_GAIN, edgeness(sqrt(squared(place.dx) + squared(place.dy)) * params.unit));
    result = blended(place);
  } else {
    place.softness = params.amount;
    result = dithered(place, threshold((params.origin + id.xy) / params.cell));
  }
  textureStore(output, id.xy, vec4f(saturate(fromOklab(fromVector(result))), 1));
}

fn colorAt(p: vec2i) -> vec3f {
  return toVector(textureLoad(colors, clamp(p, vec2i(0), vec2i(textureDimensions(colors)) - 1), 0).xyz);
}

fn colorOf(k: u32) -> vec3f {
  return toVector(palette[k].xyz);
}

fn threshold(cell: vec2u) -> f32 {
  if (params.dither == BAYER) { return bayer(cell); }
  return rankedNoise(vec2i(cell), NOISE_SEED);
}

// Parts of a colour: 1 of the pixel's own and, on the border to it, of another. As (1 - t) / (1 + t) without its divisions.
fn partsOf(color: vec3f, place: Place) -> f32 {
  let way = color - place.own;
  let slope = length(vec2f(dot(place.dx, way), dot(place.dy, way)));
  let ramp = max(max(place.softness * squared(way), 2 * HALF_RAMP * slope), 1e-9);
  let beyond = squared(place.color - color) - place.least;
  return max(ramp - beyond, 0) / (ramp + beyond);
}

fn blended(place: Place) -> vec3f {
  var sum = vec4f(0);
  for (var k = 0u; k < params.count; k++) { sum += vec4f(colorOf(k), 1) * partsOf(colorOf(k), place); }
  return sum.xyz / sum.w;
}

// The colour at `threshold` of all parts, laid out in the order of the palette.
fn dithered(place: Place, threshold: f32) -> vec3f {
  var all = 0.0;
  for (var k = 0u; k < params.count; k++) { all += partsOf(colorOf(k), place); }
  var chosen = place.own;
  var passed = 0.0;
  for (var k = 0u; k < params.count; k++) {
    let before = passed;
    passed += partsOf(colorOf(k), place) / all;
    if (before <= threshold && threshold < passed) { chosen = colorOf(k); }
  }
  return chosen;
}
