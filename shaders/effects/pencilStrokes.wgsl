// Draws a picture with pencils: white paper times exp(-d), where d sums three layers of strokes that each take the density -ln(rgb) of the
// picture once, at their own middle, and the lines, what is denser than its surroundings. Strokes break on the tooth of the paper.
// Reads: source (rgb sRGB code values), sheet (passes/paper, r height). Writes: output rgba8unorm (rgb sRGB code values), alpha 1.
// Source: P. Litwinowicz, "Processing images and video for an impressionist effect", 1997; E. Praun et al., "Real-time hatching", 2001.
import package::lib::noise::{ pcg, rowSeed, valueNoise };

struct Params { unit: f32, angle: f32, cover: f32, wash: f32, lines: f32, grain: f32, seed: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var sheet: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// Lengths are in units of params.unit. From `low` to `high` of the tone a layer sets in.
struct Layer { turn: f32, spacing: f32, length: f32, share: f32, low: f32, high: f32, seed: u32 }
const LAYERS = 3;
const WIDTH = 2.5;
const SOFT = 1.1;
const OVERLAP = 0.26;
const JITTER = 0.8;
const TILT = 0.05;
const BEND = 0.6;
// The hand does not keep a line: its rows wander by this much over that length.
const WANDER = 4.0;
const WANDER_LENGTH = 90.0;

fn layerOf(i: i32) -> Layer {
  if (i == 0) { return Layer(0, 3.1, 40, 0.72, 0.03, 0.24, 0); }
  if (i == 1) { return Layer(0.384, 3.3, 34, 0.6, 0.08, 0.45, 20); }
  return Layer(-0.698, 3.3, 28, 0.56, 0.3, 0.8, 40);
}

// The least light that paper under pencil gives back.
const DARKEST = 0.04;

fn densityAt(p: vec2i) -> vec3f {
  let last = vec2i(textureDimensions(source)) - 1;
  return -log(max(textureLoad(source, clamp(p, vec2i(0), last), 0).rgb, vec3f(DARKEST)));
}

// Density at which the hand presses fully.
const FULL = 1.6;

fn tone(density: vec3f) -> f32 {
  return min(max(density.r, max(density.g, density.b)) / FULL, 1);
}

fn strokes(p: vec2f, here: vec3f, layer: Layer) -> vec3f {
  let u = params.unit;
  let spacing = layer.spacing * u;
  let length = layer.length * u;
  let along = vec2f(cos(params.angle + layer.turn), sin(params.angle + layer.turn));
  let across = vec2f(-along.y, along.x);
  let seed = params.seed + layer.seed;
  let wander = WANDER * u * (valueNoise(p / (WANDER_LENGTH * u), seed) - 0.5);
  let at = vec2f(dot(p, along), dot(p, across) + wander);
  var laid = vec3f(0);
  for (var row = i32(floor(at.y / spacing)) - 1; row <= i32(floor(at.y / spacing)) + 1; row++) {
    let rowHash = rowSeed(row, seed);
    let offset = unitFloat(rowHash) * length;
    // No stroke reaches farther than the nearest two middles of its row.
    let first = i32(floor((at.x + offset) / length - 0.5));
    for (var column = first; column <= first + 1; column++) {
      let h1 = pcg(bitcast<u32>(column) + rowHash);
      let h2 = pcg(h1);
      let h3 = pcg(h2);
      let r = vec4f(unitFloat(h1), unitFloat(h2), unitFloat(h3), unitFloat(pcg(h3))) - 0.5;
      let middle = vec2f((f32(column) + 0.5 + 0.3 * r.x) * length - offset, (f32(row) + 0.5 + JITTER * r.y) * spacing);
      let d = at - middle;
      let q = d.x / (length * (0.45 + OVERLAP + 0.25 * r.z));
      let aside = abs(d.y - 2 * TILT * r.w * d.x - 2 * BEND * u * r.x * (q * q - 0.5));
      if (abs(q) > 1 || aside > 0.5 * (WIDTH + SOFT) * u) { continue; }
      let there = densityAt(vec2i(floor(p - d.x * along - d.y * across)));
      // A stroke ends where its colour does.
      let apart = there - here;
      let same = exp(-dot(apart, apart) / 0.12);
      let value = mix(there, here, 0.35);
      let pressure = smoothstep(layer.low, layer.high, tone(value)) * mix(0.25, 1, same);
      let taper = 1 - smoothstep(0.55, 1, abs(q));
      let halfWidth = 0.5 * WIDTH * u * (0.5 + 0.5 * pressure) * (0.35 + 0.65 * taper);
      let coverage = clamp((halfWidth - aside) / (SOFT * u) + 0.5, 0, 1) * smoothstep(0, 0.25, taper);
      laid += layer.share * pressure * coverage * value;
    }
  }
  return laid;
}

fn unitFloat(hash: u32) -> f32 {
  return f32(hash >> 8u) * 0x1p-24;
}

// Lines are what is denser than the mean of a ring of this radius.
const RING = 3.0;
const RING_TAPS = 8;
const EIGHTH_TURN = mat2x2f(0.70710678, 0.70710678, -0.70710678, 0.70710678);

fn surroundings(p: vec2f) -> vec3f {
  var direction = vec2f(RING * params.unit, 0);
  var sum = vec3f(0);
  for (var i = 0; i < RING_TAPS; i++) {
    sum += densityAt(vec2i(floor(p + direction)));
    direction = EIGHTH_TURN * direction;
  }
  return sum / f32(RING_TAPS);
}

// Layers of pencil do not get denser than this.
const DENSEST = 2.4;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy) + 0.5;
  let here = densityAt(vec2i(id.xy));
  let height = textureLoad(sheet, id.xy, 0).r;
  var laid = vec3f(0);
  for (var i = 0; i < LAYERS; i++) { laid += strokes(p, here, layerOf(i)); }
  let tooth = mix(1, 0.35 + 1.25 * smoothstep(0.1, 0.9, height), params.grain);
  let line = max(here - surroundings(p), vec3f(0));
  let pigment = params.cover * (0.8 * laid * tooth + params.wash * here) + params.lines * line * mix(1, 0.7 + 0.6 * height, params.grain);
  let density = DENSEST * (1 - exp(-pigment / DENSEST));
  textureStore(output, id.xy, vec4f(exp(-density), 1));
}
