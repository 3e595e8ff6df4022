// Parallel strokes of a pen, evaluated per pixel: a turned grid of rows, one stroke to a cell, jittered, tilted, bent and tapered. Each stroke is drawn in the tone at its own
// middle, so it is drawn whole or not at all. Reads: the numbers of passes/penStrokes.ts, lengths in px. Returns: the strokes at a pixel, their texels and coverage in [0, 1].
// Source: P. Litwinowicz, "Processing Images and Video for an Impressionist Effect", 1997; E. Praun et al., "Real-Time Hatching", 2001; without their brushes and textures, ours.
import package::lib::noise::{ hashedNoise, hashInRow, rowOf };

// A kernel makes the pen of layer i with penOf(params.pens[3 * i], params.pens[3 * i + 1], params.pens[3 * i + 2], params.penSeeds[2 * i], params.penSeeds[2 * i + 1]) and draws
// with penLaid, or with such a loop of its own.

struct Pen {
  // Unit vector along the strokes, distance of the rows, length of a cell.
  along: vec2f,
  spacing: f32,
  length: f32,
  // Beyond the cell, aside and in slope, both as parts of their largest; `bend` in px.
  overlap: f32,
  jitter: f32,
  tilt: f32,
  bend: f32,
  // Px over which an edge fades, the widest stroke, px in u.
  soft: f32,
  width: f32,
  unit: f32,
  // Hashed: of the four random numbers of a stroke, of the offset of a row, of the wander of the hand.
  seeds: vec4u,
  offsetSeed: u32,
  wanderSeed: u32,
}

fn penOf(grid: vec4f, shape: vec4f, nib: vec4f, seeds: vec4u, others: vec4u) -> Pen {
  return Pen(grid.xy, grid.z, grid.w, shape.x, shape.y, shape.z, shape.w, nib.x, nib.y, nib.z, seeds, others.x, others.y);
}

// The hand does not keep a line: its rows wander by up to half of this over that length, in u.
const WANDER = 4.0;
const WANDER_LENGTH = 90.0;

// A pixel in the grid: px along the strokes and across them.
struct PenPlace { p: vec2f, at: vec2f, row: i32 }

// `push`: px by which the grid is pushed across the strokes at the pixel, so that they bend over forms.
fn penPlace(pen: Pen, p: vec2f, push: f32) -> PenPlace {
  let wander = WANDER * pen.unit * (hashedNoise(p / (WANDER_LENGTH * pen.unit), pen.wanderSeed) - 0.5);
  let across = dot(p, vec2f(-pen.along.y, pen.along.x)) + wander + push;
  return PenPlace(p, vec2f(dot(p, pen.along), across), i32(floor(across / pen.spacing)));
}

// Strokes that can reach a pixel: of its row and the two beside it, the two whose middles are nearest. A third reaches it from an overlap of 0.275 on, with the last of its end.
const COLUMNS = 2u;
const CANDIDATES = 6u;

// Px along and across from the middle of a stroke, px from its spine, and 1 in its middle to 0 at its ends.
struct PenReach { d: vec2f, aside: f32, taper: f32 }

fn reachOf(pen: Pen, place: PenPlace, candidate: u32) -> PenReach {
  let row = place.row + i32(candidate / COLUMNS) - 1;
  let offset = hashInRow(row, pen.offsetSeed) * pen.length;
  let column = i32(floor((place.at.x + offset) / pen.length - 0.5)) + i32(candidate % COLUMNS);
  let r = vec4f(
    hashInRow(row, rowOf(column, pen.seeds.x)),
    hashInRow(row, rowOf(column, pen.seeds.y)),
    hashInRow(row, rowOf(column, pen.seeds.z)),
    hashInRow(row, rowOf(column, pen.seeds.w)),
  ) - 0.5;
  let middle = vec2f((f32(column) + 0.5 + 0.3 * r.x) * pen.length - offset, (f32(row) + 0.5 + pen.jitter * r.y) * pen.spacing);
  let d = place.at - middle;
  let q = d.x / (pen.length * (0.45 + pen.overlap + 0.25 * r.z));
  let spine = 2 * pen.tilt * r.w * d.x + 2 * pen.bend * r.x * (q * q - 0.5);
  return PenReach(d, abs(d.y - spine), 1 - smoothstep(0.55, 1, abs(q)));
}

// Ends are thinner.
fn halfWidth(width: f32, taper: f32) -> f32 {
  return 0.5 * width * (0.35 + 0.65 * taper);
}

// Bit k is set where candidate k may cover the pixel. Asked apart from penStroke, because few do, and only they need to read a tone.
fn penHits(pen: Pen, place: PenPlace) -> u32 {
  var hits = 0u;
  for (var k = 0u; k < CANDIDATES; k++) {
    let reach = reachOf(pen, place, k);
    hits |= select(0u, 1u << k, reach.taper > 0 && reach.aside < halfWidth(pen.width, reach.taper) + 0.5 * pen.soft);
  }
  return hits;
}

// `texel`: of the tone at the middle; it may lie outside.
struct PenStroke { texel: vec2i, aside: f32, taper: f32 }

fn penStroke(pen: Pen, place: PenPlace, candidate: u32) -> PenStroke {
  let reach = reachOf(pen, place, candidate);
  let middle = place.p - reach.d.x * pen.along - reach.d.y * vec2f(-pen.along.y, pen.along.x);
  return PenStroke(vec2i(floor(middle + 0.5)), reach.aside, reach.taper);
}

// Of a stroke `width` px wide, at most pen.width.
fn penCover(pen: Pen, stroke: PenStroke, width: f32) -> f32 {
  return saturate((halfWidth(width, stroke.taper) - stroke.aside) / pen.soft + 0.5) * smoothstep(0, 0.25, stroke.taper);
}

// How much of a layer lies on the pixel, [0, 1]: each stroke in the tone (r) at its middle, but for a `share` of the pixel's own tone `here`, so that strokes stop at edges; nothing where that
// is below range.x, a whole stroke from range.y on.
fn penLaid(pen: Pen, tones: texture_2d<f32>, place: PenPlace, here: f32, share: f32, range: vec2f) -> f32 {
  let last = vec2i(textureDimensions(tones)) - 1;
  var clear = 1.0;
  var left = penHits(pen, place);
  while (left != 0) {
    let stroke = penStroke(pen, place, firstTrailingBit(left));
    left &= left - 1;
    let there = textureLoad(tones, clamp(stroke.texel, vec2i(0), last), 0).r;
    let weight = smoothstep(range.x, range.y, mix(there, here, share));
    clear *= 1 - weight * penCover(pen, stroke, pen.width * (0.5 + 0.5 * weight));
  }
  return 1 - clear;
}
