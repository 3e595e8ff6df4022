// Charcoal on laid paper: masses with broad drags of the stick and few heavy lines; the tooth shows in half-tones, not in white or black.
// Reads: tone (looks/charcoalTone: r dark, g edge), sheet (r height of the paper, g drags, b waver of the ribs, a pressure). Writes: output rgba8unorm, sRGB code values.
// Source: ours.
import package::lib::penStrokes::{ penLaid, penOf, penPlace };

// `rib`: px from rib to rib.
struct Params { lines: f32, rough: f32, laid: f32, darkest: f32, rib: f32, pens: array<vec4f, 3>, penSeeds: array<vec4u, 2> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tone: texture_2d<f32>;
@group(0) @binding(2) var sheet: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// Share of the tone at the pixel in that of a stroke.
const SHARE = 0.6;
const RANGE = vec2f(0.05, 0.5);

fn dragged(p: vec2u, dark: f32) -> f32 {
  let pen = penOf(params.pens[0], params.pens[1], params.pens[2], params.penSeeds[0], params.penSeeds[1]);
  return penLaid(pen, tone, penPlace(pen, vec2f(p), 0), dark, SHARE, RANGE);
}

const TURN = 6.283185307179586;

// The tooth that catches charcoal, about 0: height, drags of the stick, ribs of laid paper.
fn toothAt(y: f32, paper: vec4f) -> f32 {
  let rib = y / params.rib + 0.5 * paper.b;
  return 0.8 * (0.5 - paper.r) + 0.5 * (paper.g - 0.5) + 0.5 * params.laid * cos(TURN * rib);
}

// Drags show in what is not dark: there they would look like rain.
const DRAG = 1.1;
const DRAGGED = 0.55;
const INGRES = vec3f(0.955, 0.935, 0.895);
const CARBON = vec3f(0.075, 0.07, 0.07);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(tone, id.xy, 0);
  let paper = textureLoad(sheet, id.xy, 0);
  let dark = here.r;
  let p = saturate(dark * (1 + DRAG * (dragged(id.xy, dark) - DRAGGED) * (1 - smoothstep(0.15, 0.6, dark))));
  let tooth = toothAt(f32(id.y), paper);
  let dust = saturate(p + 3.4 * params.rough * p * (1 - p) * (1 - 0.45 * p) * tooth);
  let pressed = here.g * params.lines * smoothstep(0.05, 0.5, paper.a + 0.12);
  let line = saturate(pressed + 2.2 * params.rough * pressed * (1 - 0.7 * pressed) * tooth);
  let carbon = params.darkest * (1 - (1 - dust) * (1 - line));
  textureStore(output, id.xy, vec4f(mix(INGRES * (1.01 - 0.05 * paper.r), CARBON, carbon), 1));
}
