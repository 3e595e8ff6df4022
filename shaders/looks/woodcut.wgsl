// A woodcut: white gouge marks that follow the flow, wider towards the light, until there is only paper; black contours on light, white ones carved out of the dark; a worn board.
// Reads: tone (looks/woodcutTone), grid (passes/flowPhase), tensor (its flow, texels of `texel` px), board (looks/woodcutBoard). Writes: output rgba8unorm, sRGB code values.
// Source: ours; contours after H. Winnemoeller, J. E. Kyprianidis and S. Olsen, "XDoG", 2012.
import package::lib::flowPhase::{ flowPhase, lineNormal };
import package::lib::lineCover::lineCover;
import package::lib::lines::aaStep;
import package::lib::phasor::TURN;

struct Params { period: f32, texel: f32, carve: f32, threshold: f32, lines: f32, wood: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tone: texture_2d<f32>;
@group(0) @binding(2) var grid: texture_2d<f32>;
@group(0) @binding(3) var tensor: texture_2d<f32>;
@group(0) @binding(4) var board: texture_2d<f32>;
@group(0) @binding(5) var bilinear: sampler;
@group(0) @binding(6) var output: texture_storage_2d<rgba8unorm, write>;

// Everything that is cut at a threshold. `levels`: x the share of light, y response of a white contour, z and w those of fine and broad black ones.
struct Cut { tone: f32, levels: vec4f }

// How much the gouge wavers, as a tone and as a share of its width.
const WAVER = 0.1;
const GREYS = vec2f(0.18, 0.82);
// The faintest lines that are cut, in L* units: white, fine and broad black.
const FAINTEST = vec3f(3, 0.9, 2.5);

fn wavering(p: vec2i) -> f32 {
  return WAVER * (textureLoad(board, p, 0).r - 0.5);
}

fn cutAt(p: vec2i) -> Cut {
  let at = clamp(p, vec2i(0), vec2i(textureDimensions(tone)) - 1);
  let t = textureLoad(tone, at, 0);
  return Cut(t.r, vec4f(smoothstep(GREYS.x, GREYS.y, t.r + wavering(at)), vec3f(t.b, -t.g, -t.b) - FAINTEST * t.a));
}

// A mark narrower than the first of these shares of the period is not cut; from the second on it is as deep as any.
const NARROWEST = vec2f(0.02, 0.07);
// Of light: beyond it nothing but paper.
const CLEAR = vec2f(0.92, 0.94);
const INK = vec3f(0.075, 0.065, 0.065);
const PAPER = vec3f(0.965, 0.945, 0.9);
const WORN = 0.85;

// The share of paper that gouge marks leave.
fn gouged(id: vec2u, light: f32, slope: f32) -> f32 {
  let duty = saturate(1.08 * light - 0.04 + wavering(vec2i(id)));
  let clear = aaStep(CLEAR.x, CLEAR.y, light, slope);
  // Half of a picture is paper or ink, and phases are dear.
  if (duty <= NARROWEST.x || clear == 1) { return clear; }
  let normal = lineNormal(textureSampleLevel(tensor, bilinear, (vec2f(id) + 0.5) / (params.texel * vec2f(textureDimensions(tensor))), 0).rgb, vec2f(1, 0));
  let mark = lineCover(flowPhase(grid, vec2f(id), normal, params.period), TURN / params.period, duty);
  return mix(mark * smoothstep(NARROWEST.x, NARROWEST.y, duty), 1, clear);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2i(id.xy);
  let own = cutAt(p);
  let left = cutAt(p - vec2i(1, 0));
  let right = cutAt(p + vec2i(1, 0));
  let up = cutAt(p - vec2i(0, 1));
  let down = cutAt(p + vec2i(0, 1));
  let dx = right.levels - left.levels;
  let dy = down.levels - up.levels;
  let slopes = 0.5 * sqrt(dx * dx + dy * dy);
  let toneSlope = 0.5 * length(vec2f(right.tone - left.tone, down.tone - up.tone));
  let light = own.levels.x;
  let plain = aaStep(-0.01, 0.01, own.tone - params.threshold, toneSlope);
  let carved = mix(plain, gouged(id.xy, light, slopes.x), params.carve);
  let rim = aaStep(0.6, 0.9, own.levels.y, slopes.y);
  let black = max(aaStep(0.3, 0.6, own.levels.z, slopes.z), aaStep(0.4, 0.8, own.levels.w, slopes.w));
  let printed = max(carved, rim * (1 - light)) * (1 - params.lines * black);
  let worn = WORN * params.wood * textureLoad(board, id.xy, 0).g;
  textureStore(output, id.xy, vec4f(mix(INK, PAPER, max(printed, worn)), 1));
}
