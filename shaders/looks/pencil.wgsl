// Coloured pencil: sheet exp(-d - line), d the sum of three layers of strokes, each in the density of the picture at its own middle, that break on the tooth of the paper.
// Reads: density (pencilDensity.wgsl), lines, tangents (passes/lineField), push (r px across the strokes, of any size), sheet (r height). Writes: output rgba8unorm (rgb sRGB code values), alpha 1.
// Source: E. Praun et al., "Real-Time Hatching", 2001 (layers nest by tone); densities add up as pigments do; strokes lib/penStrokes.
import package::lib::enlarge::coarseUv;
import package::lib::lines::contourAt;
import package::lib::penStrokes::{ penCover, penHits, penOf, penPlace, penStroke };

// `layers`: share, and the pressure at which a layer sets in and that at which its strokes are full. `pushTexel`: px per texel.
struct Params {
  cover: f32, wash: f32, lines: f32, threshold: f32, follow: f32, pushTexel: f32, grain: f32,
  layers: array<vec3f, 3>, pens: array<vec4f, 9>, penSeeds: array<vec4u, 6>,
}
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var density: texture_2d<f32>;
@group(0) @binding(2) var lines: texture_2d<f32>;
@group(0) @binding(3) var tangents: texture_2d<f32>;
@group(0) @binding(4) var push: texture_2d<f32>;
@group(0) @binding(5) var sheet: texture_2d<f32>;
@group(0) @binding(6) var bilinear: sampler;
@group(0) @binding(7) var output: texture_storage_2d<rgba8unorm, write>;

const LAYERS = 3u;
// Squared distance of densities at which a colour is another one, and what is left of a stroke there.
const OTHER = 0.12;
const BEYOND = 0.25;
// How much of the pixel's own density is in a stroke.
const OWN = 0.35;

// What a layer lays on at `p`, where the picture has the density `here`.
fn laidBy(layer: u32, p: vec2f, push: f32, here: vec4f) -> vec3f {
  let pen = penOf(params.pens[3 * layer], params.pens[3 * layer + 1], params.pens[3 * layer + 2], params.penSeeds[2 * layer], params.penSeeds[2 * layer + 1]);
  let range = params.layers[layer];
  let place = penPlace(pen, p, push);
  let last = vec2i(textureDimensions(density)) - 1;
  var laid = vec3f(0);
  var left = penHits(pen, place);
  while (left != 0) {
    let stroke = penStroke(pen, place, firstTrailingBit(left));
    left &= left - 1;
    let there = textureLoad(density, clamp(stroke.texel, vec2i(0), last), 0);
    // A stroke ends where its colour does.
    let apart = there.rgb - here.rgb;
    let same = exp(-dot(apart, apart) / OTHER);
    let own = mix(there, here, OWN);
    let pressure = smoothstep(range.y, range.z, own.a) * mix(BEYOND, 1, same);
    laid += range.x * pressure * penCover(pen, stroke, pen.width * (0.5 + 0.5 * pressure)) * own.rgb;
  }
  return laid;
}

// Layers of pencil do not get denser than this.
const DENSEST = 2.0;
const STROKES = 0.8;
// Outlines are drawn half in a dark pencil, half in the colour of the place.
const OUTLINE = 0.55 * vec3f(1.45, 1.5, 1.25);
const OUTLINE_COLOR = 0.45;
// In L* units, and the weights of fine and broad lines.
const SOFTNESS = 2.0;
const WEIGHTS = vec2f(0.8, 0.9);
const PAPER = vec3f(0.995, 0.99, 0.975);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(density, id.xy, 0);
  let height = textureLoad(sheet, id.xy, 0).r;
  let pushed = params.follow * textureSampleLevel(push, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.pushTexel, textureDimensions(push)), 0).r;
  var laid = vec3f(0);
  for (var layer = 0u; layer < LAYERS; layer++) { laid += laidBy(layer, vec2f(id.xy), pushed, here); }
  let tooth = mix(1, 0.35 + 1.25 * smoothstep(0.1, 0.9, 1 - height), params.grain);
  let pigment = params.cover * (STROKES * laid * tooth + params.wash * here.rgb);
  let outline = contourAt(lines, tangents, id.xy, params.threshold, SOFTNESS, WEIGHTS);
  let line = params.lines * outline * (1.2 - 0.6 * height) * (OUTLINE + OUTLINE_COLOR * here.rgb);
  let paper = PAPER * (0.98 + 0.02 * height);
  textureStore(output, id.xy, vec4f(paper * exp(-DENSEST * (1 - exp(-pigment / DENSEST)) - line), 1));
}
