// Paints the strokes of brushCells.wgsl: each pixel mixes those of the cells around it, colour = sum w paint / sum w with w = cover exp(order (priority - 1)), a soft maximum instead
// of a sort; coverage = 1 - prod(1 - cover). With `chalk`, cover breaks on the tooth of the paper.
// Reads: strokes (lib/stroke), masks (brushMasks.wgsl), reference (rgb sRGB code values), below (rgb, height), tooth (r in [0, 1]). Writes: output rgba16float (rgb, height about [0, 1.6]).
// Source: A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", 1998, and "Fast Paint Texture", 2002; the gather is ours.
import package::lib::noise::{ hashedNoise, pcg };
import package::lib::stroke::{ halfLength, onSpine, REACH, spineOf, TEXELS };

// `words`: of a mask, in use; `rowsPerCell`: 1 / (2 pad + 1), times 2^16, rounded up.
struct Params {
  cell: f32, pad: u32, columns: u32, words: u32, rowsPerCell: u32, width: f32, bristle: f32, order: f32, opacity: f32, edge: f32, respect: f32, belowHeight: f32, seed: u32,
  @if(chalk) press: f32,
  @if(chalk) soft: f32,
}
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var reference: texture_2d<f32>;
@group(0) @binding(2) var below: texture_2d<f32>;
@if(chalk) @group(0) @binding(3) var tooth: texture_2d<f32>;
@group(0) @binding(4) var<storage, read> strokes: array<vec4f>;
@group(0) @binding(5) var<storage, read> masks: array<vec4u>;
@group(0) @binding(6) var output: texture_storage_2d<rgba16float, write>;

// A bristle noise is this fine across a half width, and 2.2 widths long along.
const HAIRS = 3.5;
const HAIR_LENGTH = 2.2;
const HAIR_SEED = 55u;
// A lone stroke of low priority weighs e^-30: a larger divisor would paint it black.
const LEAST_WEIGHT = 1e-24;
const HEIGHT_OF_PRIORITY = 0.3;
const HEIGHT_BELOW = 0.3;

// Of the strokes in `candidates`, those that may cover the pixel: bit k is the cell `first + k` of the window.
fn hits(p: vec2f, corner: u32, candidates: u32, first: u32) -> u32 {
  var left = candidates;
  var mask = 0u;
  while (left != 0) {
    let k = firstTrailingBit(left);
    left &= left - 1;
    let at = placeOf(corner, first + k) * TEXELS;
    let spine = spineOf(strokes[at], strokes[at + 1]);
    let uv = onSpine(spine, p);
    mask |= select(0u, 1u << k, abs(uv.x) < REACH.x * halfLength(spine, uv.x) && abs(uv.y) < REACH.y * spine.halfWidth);
  }
  return mask;
}

// The k-th cell of the window that begins at `corner`: row k / side, by a multiplication, because a division is dear on GPUs in software.
fn placeOf(corner: u32, k: u32) -> u32 {
  let row = (k * params.rowsPerCell) >> 16u;
  return corner + row * (params.columns - 2 * params.pad - 1) + k;
}

@if(chalk)
fn grain(id: vec2u, un: f32, vn: f32, hair: f32) -> f32 {
  let press = params.press - 0.25 * vn * vn - 0.2 * un * un - 0.58 * textureLoad(tooth, id, 0).r - 0.42 * hair;
  return smoothstep(-params.soft, params.soft, press);
}
@else
fn grain(id: vec2u, un: f32, vn: f32, hair: f32) -> f32 { return 1; }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy);
  let own = textureLoad(reference, id.xy, 0).rgb;
  let home = vec2u(p / params.cell);
  // The grid begins `pad` cells before the picture, so the window of a pixel begins at its own cell.
  let corner = home.y * params.columns + home.x;
  let candidates = masks[home.y * (params.columns - 2 * params.pad) + home.x];
  let hairSeed = pcg(params.seed + HAIR_SEED);
  var color = vec3f(0);
  var weight = 0.0;
  var bare = 1.0;
  var height = 0.0;
  for (var word = 0u; word < params.words; word++) {
    // Few of the candidates hit: asked apart, because what follows would otherwise run for all of them.
    var mask = hits(p, corner, candidates[word], 32 * word);
    while (mask != 0) {
      let at = placeOf(corner, 32 * word + firstTrailingBit(mask)) * TEXELS;
      mask &= mask - 1;
      let spine = spineOf(strokes[at], strokes[at + 1]);
      let paint = strokes[at + 2];
      let wanted = strokes[at + 3];
      let uv = onSpine(spine, p);
      let un = uv.x / halfLength(spine, uv.x);
      let vn = uv.y / spine.halfWidth;
      let hair = hashedNoise(vec2f(HAIRS * vn + wanted.a, uv.x / (HAIR_LENGTH * params.width) + 3.7 * wanted.a), hairSeed);
      let fray = params.bristle * (hair - 0.35) * (0.25 + 0.75 * un * un);
      let rim = sqrt(max(0, 1 - abs(un * un * un))) - abs(vn) - fray - 5 * max(0, abs(un) - 1);
      let away = own - wanted.rgb;
      let inside = exp(-dot(away, away) / (2 * params.respect * params.respect));
      let cover = saturate(rim * spine.halfWidth / params.edge + 0.5) * params.opacity * grain(id.xy, un, vn, hair) * inside;
      let w = cover * exp(params.order * (paint.a - 1));
      color += w * paint.rgb;
      weight += w;
      bare *= 1 - cover;
      height += w * ((1 - 0.5 * vn * vn) * (0.55 + 0.45 * hair) + HEIGHT_OF_PRIORITY * paint.a);
    }
  }
  let norm = max(weight, LEAST_WEIGHT);
  let under = textureLoad(below, id.xy, 0);
  let heightBelow = under.a * params.belowHeight;
  let laid = mix(vec4f(under.rgb, heightBelow), vec4f(color / norm, height / norm + HEIGHT_BELOW * heightBelow), 1 - bare);
  textureStore(output, id.xy, laid);
}
