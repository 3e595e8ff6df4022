// A copperplate: lines whose width is the tone, the lightest broken into dashes, crossed by a second system in the darks, and contours. Ink covers an area, so paper and ink mix in linear light.
// Reads: tone (passes/penTone), dashes (r, [0, 1]), push (passes/relief, coarse); `?flow`: first and second (passes/flowPhase), tensor (their flow). Writes: output rgba8unorm, sRGB.
// Source: ours; the phases of `?flow` after T. Tricard et al., "Procedural Phasor Noise", 2019.
import package::lib::color::{ decodeSrgb, encodeSrgb };
import package::lib::enlarge::coarseUv;
import package::lib::flowPhase::{ flowPhase, lineNormal };
import package::lib::lineCover::lineCover;
import package::lib::lines::{ aaStep, slopesAt };
import package::lib::phasor::TURN;

// `directions`: cosines and sines of the two systems, or of what crosses the flow; `texel`: px per texel of push or tensor.
struct Params { directions: vec4f, period: f32, texel: f32, bend: f32, cross: f32, lines: f32, dashes: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tone: texture_2d<f32>;
@group(0) @binding(2) var dashes: texture_2d<f32>;
@if(!flow) @group(0) @binding(3) var push: texture_2d<f32>;
@if(flow) @group(0) @binding(3) var first: texture_2d<f32>;
@if(flow) @group(0) @binding(4) var second: texture_2d<f32>;
@if(flow) @group(0) @binding(5) var tensor: texture_2d<f32>;
@group(0) @binding(6) var bilinear: sampler;
@group(0) @binding(7) var output: texture_storage_2d<rgba8unorm, write>;

// Of a line: its phase, 0 in the middle, and the slope of that in rad/px.
struct Line { phase: f32, rate: f32 }

@if(!flow)
fn pushAt(p: vec2f) -> f32 {
  return params.bend * textureSampleLevel(push, bilinear, coarseUv(p + 0.5, params.texel, textureDimensions(push)), 0).r;
}

// Straight lines, pushed sideways: 2 pi / period (p.n + push). `across` and `down` are the neighbours of `p`, clamped at the edge.
@if(!flow)
fn lineAt(p: vec2f, normal: vec2f) -> Line {
  let last = vec2f(textureDimensions(output) - 1);
  let across = vec2f(max(p.x - 1, 0), min(p.x + 1, last.x));
  let down = vec2f(max(p.y - 1, 0), min(p.y + 1, last.y));
  let dx = normal.x * (across.y - across.x) + pushAt(vec2f(across.y, p.y)) - pushAt(vec2f(across.x, p.y));
  let dy = normal.y * (down.y - down.x) + pushAt(vec2f(p.x, down.y)) - pushAt(vec2f(p.x, down.x));
  let periods = (dot(p, normal) + pushAt(p)) / params.period;
  return Line(TURN * (periods - round(periods)), TURN / params.period * 0.5 * length(vec2f(dx, dy)));
}

@if(flow)
fn lineAt(grid: texture_2d<f32>, p: vec2f, turn: vec2f) -> Line {
  let normal = lineNormal(textureSampleLevel(tensor, bilinear, coarseUv(p + 0.5, params.texel, textureDimensions(tensor)), 0).rgb, turn);
  return Line(flowPhase(grid, p, normal, params.period), TURN / params.period);
}

// Light is left blank; from there on a line takes between these shares of the period.
const BLANK = 0.05;
const NARROWEST = 0.06;
const WIDEST = 0.8;
const WIDEST_CROSSING = 0.7;
const PAPER = vec3f(0.975, 0.96, 0.925);
const INK = vec3f(0.07, 0.09, 0.13);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(tone, id.xy, 0);
  let dark = here.r;
  let p = vec2f(id.xy);
  var clear = 1.0;
  // A third of a picture is paper, and more has no second system; lines are dear.
  if (dark >= BLANK) {
    @if(flow) let line = lineAt(first, p, params.directions.xy);
    @else let line = lineAt(p, params.directions.xy);
    let dashed = smoothstep(-0.05, 0.03, dark - params.dashes * textureLoad(dashes, id.xy, 0).r);
    clear = 1 - dashed * lineCover(line.phase, line.rate, mix(NARROWEST, WIDEST, dark));
  }
  if (dark > params.cross) {
    @if(flow) let line = lineAt(second, p, params.directions.zw);
    @else let line = lineAt(p, params.directions.zw);
    clear *= 1 - lineCover(line.phase, line.rate, WIDEST_CROSSING * (dark - params.cross) / (1 - params.cross));
  }
  let contour = params.lines * aaStep(0.15, 0.6, here.g, slopesAt(tone, vec2i(id.xy)).g);
  let ink = 1 - clear * (1 - contour);
  textureStore(output, id.xy, vec4f(encodeSrgb(mix(decodeSrgb(PAPER), decodeSrgb(INK), ink)), 1));
}
