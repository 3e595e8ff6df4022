// Lays one brush stroke in each cell of a jittered grid: walks both ways along the flow until the picture leaves the stroke's colour, and mixes its paint. With `placed` only
// where the canvas is still wrong: with probability smoothstep(low, high, |misfit|).
// Reads: reference (rgb sRGB code values), tensor (E, F, G of any scale, a: factor on the size), misfit (rgb differences); pictures interpolated. Writes: strokes (lib/stroke).
// Source: P. Litwinowicz, "Processing Images and Video for an Impressionist Effect", 1997; A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", 1998.
import package::lib::color::{ fromOklab, toOklab };
import package::lib::noise::hash01;
import package::lib::stroke::TEXELS;
import package::lib::structureTensor::{ QUARTER_TURN, tangentOf };

// `columns` and `rows` count cells, `pad` of them beyond each border; `texel`, `misfitTexel`: px per texel.
struct Params {
  cell: f32, pad: i32, columns: u32, rows: u32, texel: f32, width: f32, reach: f32, clip: f32,
  lightness: f32, chroma: f32, hue: f32, angle: f32, seed: u32,
  @if(placed) misfitTexel: f32,
  @if(placed) low: f32,
  @if(placed) high: f32,
}
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var reference: texture_2d<f32>;
@group(0) @binding(2) var tensor: texture_2d<f32>;
@if(placed) @group(0) @binding(3) var misfit: texture_2d<f32>;
@group(0) @binding(4) var<storage, read_write> strokes: array<vec4f>;
@group(0) @binding(5) var bilinear: sampler;

// Part of a cell that the seed leaves free on both sides of its middle.
const JITTER = 0.45;
// Steps each way.
const STEPS = 6;
// The strongest bend, in turns over the length: more would fold the stroke.
const MOST_BEND = 0.6;
// Even a perfect canvas never has none: hash01 stays below 1.
const SURELY = 0.98;
// Seeds of the attributes of one layer lie side by side.
const SEED_STEP = 7919u;
const PHASES = 64.0;

fn random(cell: vec2i, which: u32) -> f32 {
  return hash01(cell.x, cell.y, params.seed * SEED_STEP + which);
}

fn signedRandom(cell: vec2i, which: u32) -> f32 {
  return 2 * random(cell, which) - 1;
}

fn colorAt(p: vec2f) -> vec3f {
  return textureSampleLevel(reference, bilinear, (p + 0.5) / vec2f(textureDimensions(reference)), 0).rgb;
}

// The nearest: what a stroke follows need not be smooth.
fn flowAt(p: vec2f) -> vec4f {
  return textureLoad(tensor, clamp(vec2i(floor((p + 0.5) / params.texel)), vec2i(0), vec2i(textureDimensions(tensor)) - 1), 0);
}

// Of one texel: lengths cancel where vectors are interpolated.
@if(placed)
fn placeAt(texel: vec2i) -> f32 {
  let last = vec2i(textureDimensions(misfit)) - 1;
  return smoothstep(params.low, params.high, length(textureLoad(misfit, clamp(texel, vec2i(0), last), 0).rgb));
}

@if(placed)
fn isLaid(p: vec2f, cell: vec2i) -> bool {
  let at = (p + 0.5) / params.misfitTexel - 0.5;
  let low = vec2i(floor(at));
  let part = at - floor(at);
  let top = mix(placeAt(low), placeAt(low + vec2i(1, 0)), part.x);
  let bottom = mix(placeAt(low + vec2i(0, 1)), placeAt(low + vec2i(1, 1)), part.x);
  return mix(top, bottom, part.y) > SURELY * random(cell, 8);
}
@else
fn isLaid(p: vec2f, cell: vec2i) -> bool { return true; }

struct Walk { half: f32, end: vec2f }

// Steps along the flow, each turned half way towards it, until a channel differs by `clip`; the end is where all steps lead.
fn walk(start: vec2f, heading: vec2f, own: vec3f, stride: f32) -> Walk {
  var p = start;
  var direction = heading;
  var alive = 1.0;
  var half = 0.0;
  for (var i = 0; i < STEPS; i++) {
    p += direction * stride;
    let difference = abs(colorAt(p) - own);
    alive *= select(0.0, 1.0, max(max(difference.r, difference.g), difference.b) < params.clip);
    half += alive * stride;
    let tangent = tangentOf(flowAt(p).rgb).xy;
    direction = normalize(direction + select(tangent, -tangent, dot(tangent, direction) < 0));
  }
  return Walk(half, p);
}

fn mixedPaint(own: vec3f, cell: vec2i) -> vec3f {
  let lab = toOklab(own);
  let turn = params.hue * signedRandom(cell, 5) * 2 * QUARTER_TURN;
  let ab = lab.yz * (1 + params.chroma * signedRandom(cell, 4));
  let turned = vec2f(ab.x * cos(turn) - ab.y * sin(turn), ab.x * sin(turn) + ab.y * cos(turn));
  return saturate(fromOklab(vec3f(lab.x + params.lightness * signedRandom(cell, 3), turned)));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.columns || id.y >= params.rows) { return; }
  let cell = vec2i(id.xy) - params.pad;
  let seed = (vec2f(cell) + 0.5 + JITTER * vec2f(signedRandom(cell, 0), signedRandom(cell, 1))) * params.cell;
  let start = clamp(seed, vec2f(0), vec2f(textureDimensions(reference)) - 1);
  let own = colorAt(start);
  let flow = flowAt(start);
  let tangent = tangentOf(flow.rgb).xy;
  let turn = params.angle * signedRandom(cell, 2) * QUARTER_TURN;
  let along = vec2f(tangent.x * cos(turn) - tangent.y * sin(turn), tangent.x * sin(turn) + tangent.y * cos(turn));
  let reach = params.reach * flow.a;
  let width = params.width * flow.a;
  let stride = 0.5 * reach / f32(STEPS);
  let forward = walk(start, along, own, stride);
  let backward = walk(start, -along, own, stride);
  let sideways = vec2f(-along.y, along.x);
  let offset = dot(forward.end - start, sideways) + dot(backward.end - start, sideways);
  let most = MOST_BEND / max(reach, 1e-3);
  let bend = clamp(0.5 * offset / max(0.25 * reach * reach, 1e-6), -most, most);
  let halfWidth = select(0, 0.5 * width * (0.75 + 0.5 * random(cell, 6)), isLaid(start, cell));
  let at = (id.y * params.columns + id.x) * TEXELS;
  strokes[at] = vec4f(seed, along);
  strokes[at + 1] = vec4f(max(forward.half, 0.5 * width), max(backward.half, 0.5 * width), bend, halfWidth);
  strokes[at + 2] = vec4f(mixedPaint(own, cell), random(cell, 7));
  strokes[at + 3] = vec4f(own, PHASES * random(cell, 9));
}
