// Graphite on paper: tone rubbed into the sheet, two layers of strokes over it, contours of changing pressure; what lies thin reaches only the hills of the paper.
// Reads: tone (looks/sketchTone: r dark, g edge), push (passes/relief, coarse), sheet (r height of the paper, g pressure). Writes: output rgba8unorm, sRGB code values.
// Source: after E. Praun et al., "Real-Time Hatching", 2001; the mixture is ours.
import package::lib::enlarge::coarseUv;
import package::lib::penStrokes::{ penLaid, penOf, penPlace };

// `hatch`: share of strokes in the tone; `follow`: of the push.
struct Params { lines: f32, hatch: f32, follow: f32, grain: f32, warmth: f32, pushTexel: f32, pens: array<vec4f, 6>, penSeeds: array<vec4u, 4> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tone: texture_2d<f32>;
@group(0) @binding(2) var push: texture_2d<f32>;
@group(0) @binding(3) var sheet: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba8unorm, write>;

// Share of the tone at the pixel in that of a stroke, so that strokes stop at edges.
const SHARE = 0.45;

fn hatched(i: u32, p: vec2u, dark: f32, pushed: f32, range: vec2f) -> f32 {
  let pen = penOf(params.pens[3 * i], params.pens[3 * i + 1], params.pens[3 * i + 2], params.penSeeds[2 * i], params.penSeeds[2 * i + 1]);
  return penLaid(pen, tone, penPlace(pen, vec2f(p), pushed), dark, SHARE, range);
}

const FIRST = vec2f(0.04, 0.55);
const SECOND = vec2f(0.3, 0.8);
const PAPER = vec3f(0.9975);
const TOOTH_SHADE = 0.025;
const CREAM = vec3f(0, 0.024, 0.09);
const GRAPHITE = vec3f(0.13, 0.13, 0.145);
const MOST_LEAD = 0.93;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(tone, id.xy, 0);
  let dark = here.r;
  let paper = textureLoad(sheet, id.xy, 0);
  let pushed = params.follow * textureSampleLevel(push, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.pushTexel, textureDimensions(push)), 0).r;
  let first = hatched(0, id.xy, dark, pushed, FIRST);
  let second = hatched(1, id.xy, dark, pushed, SECOND);
  let strokes = 0.42 * first * (0.35 + dark) + 0.27 * second * (0.3 + dark);
  let body = dark * (1 - 0.55 * params.hatch) + params.hatch * strokes;
  let contour = here.g * params.lines * (0.75 + 0.5 * (paper.g - 0.5));
  let lead = 1 - (1 - saturate(body)) * (1 - saturate(contour));
  let hills = smoothstep(0, 1, 0.5 + 1.3 * (lead - 0.9 * paper.r));
  let laid = clamp(lead * mix(1, 0.45 + 1.1 * hills, params.grain), 0, MOST_LEAD);
  let white = (1 - params.warmth * CREAM) * (PAPER - TOOTH_SHADE * paper.r);
  textureStore(output, id.xy, vec4f(mix(white, GRAPHITE, laid), 1));
}
