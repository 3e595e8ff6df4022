// Ink on paper: up to four layers of strokes, each for the tones darker than the last, outlines, and black for the deepest. Coverage is an area, so it is mixed in linear light.
// Reads: tones (passes/penTone), push (r px across the strokes, of any size). Writes: output rgba8unorm (rgb sRGB code values), alpha 1.
// Source: E. Praun et al., "Real-Time Hatching", 2001 (layers nest by tone); strokes lib/penStrokes.
import package::lib::color::encodeSrgb;
import package::lib::enlarge::coarseUv;
import package::lib::lines::{ aaStep, slopesAt };
import package::lib::penStrokes::{ penCover, penHits, penOf, penPlace, penStroke };

// `ranges`: the darkness at which a layer sets in, and that at which its strokes are full. `pushTexel`: px per texel.
struct Params { layers: u32, follow: f32, pushTexel: f32, lines: f32, ranges: array<vec4f, 4>, pens: array<vec4f, 12>, penSeeds: array<vec4u, 8> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tones: texture_2d<f32>;
@group(0) @binding(2) var push: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

// Beyond this difference a stroke has left its form, and is drawn in the lighter tone of the two.
const EDGE = 0.15;

// How much of a layer's strokes at `p` is left of the paper. `dark`: the tone at the pixel.
fn clearOf(layer: u32, p: vec2f, push: f32, dark: f32) -> f32 {
  let pen = penOf(params.pens[3 * layer], params.pens[3 * layer + 1], params.pens[3 * layer + 2], params.penSeeds[2 * layer], params.penSeeds[2 * layer + 1]);
  let range = params.ranges[layer];
  let place = penPlace(pen, p, push);
  let last = vec2i(textureDimensions(tones)) - 1;
  var clear = 1.0;
  var left = penHits(pen, place);
  while (left != 0) {
    let stroke = penStroke(pen, place, firstTrailingBit(left));
    left &= left - 1;
    let there = textureLoad(tones, clamp(stroke.texel, vec2i(0), last), 0).r;
    let tone = select(min(there, dark), there, abs(there - dark) < EDGE);
    let pressure = smoothstep(range.x, range.y, tone);
    clear *= 1 - penCover(pen, stroke, pen.width * (0.5 + 0.5 * pressure)) * smoothstep(0, 0.12, pressure);
  }
  return clear;
}

// Ink in a stroke is not quite opaque, and the deepest tones are filled rather than hatched.
const OPACITY = 0.96;
const FILL = 0.8;
// In linear light: sRGB (0.98, 0.97, 0.94) and (0.08, 0.08, 0.11).
const PAPER = vec3f(0.955105, 0.933107, 0.868899);
const INK = vec3f(0.007194, 0.007194, 0.011645);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let here = textureLoad(tones, id.xy, 0).rg;
  let pushed = params.follow * textureSampleLevel(push, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.pushTexel, textureDimensions(push)), 0).r;
  var clear = 1.0;
  for (var layer = 0u; layer < params.layers; layer++) { clear *= clearOf(layer, vec2f(id.xy), pushed, here.r); }
  let filled = FILL * smoothstep(0.88, 0.97, here.r);
  let outline = aaStep(0.1, 0.5, here.g, slopesAt(tones, vec2i(id.xy)).g);
  let bare = (1 - OPACITY * (1 - clear)) * (1 - filled) * (1 - params.lines * outline);
  textureStore(output, id.xy, vec4f(encodeSrgb(mix(INK, PAPER, bare)), 1));
}
