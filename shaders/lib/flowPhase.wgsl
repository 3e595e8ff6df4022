// Phase of nearly parallel lines that follow a flow: the argument of sum exp(-d^2 / (2 (0.62 period)^2)) z e^(i k n.d) over the 4x4 nearest kernels, k = 2 pi / period.
// Reads: the grid of shaders/passes/flowPhase.wgsl, a position in px, the normal of the flow there. Returns radians in [-pi, pi], 0 in the middle of a line; the slope is k.
// Source: as shaders/lib/phasor.wgsl.
import package::lib::phasor::{ TURN, alignedPhase, product, unitAt };
import package::lib::structureTensor::tangentOf;

// Of a kernel's Gaussian exp(FALLOFF d^2), d in periods: -1 / (2 x 0.62^2).
const FALLOFF = -1.3007284079084287;

// The unit vector across lines that cross the flow at an angle: `turn` is its cosine and sine.
fn lineNormal(tensor: vec3f, turn: vec2f) -> vec2f {
  let tangent = tangentOf(tensor);
  return product(vec2f(tangent.y, -tangent.x), turn);
}

// What one kernel sees at `d` from its centre, in periods.
fn wave(kernel: vec4f, d: vec2f, normal: vec2f) -> vec2f {
  let cosine = dot(kernel.zw, normal);
  return product(alignedPhase(kernel, normal), unitAt(TURN * dot(select(kernel.zw, -kernel.zw, cosine < 0), d)));
}

fn flowPhase(grid: texture_2d<f32>, pixel: vec2f, normal: vec2f, period: f32) -> f32 {
  let last = vec2f(textureDimensions(grid) - 1);
  // In cells: kernel i is centred on i.
  let at = pixel / period + 0.5;
  let columns = clamp(floor(at.x) + vec4f(-1, 0, 1, 2), vec4f(0), vec4f(last.x));
  let across = at.x - columns;
  let weights = exp(across * across * FALLOFF);
  var sum = vec2f(0);
  for (var j = -1; j <= 2; j++) {
    let row = clamp(floor(at.y) + f32(j), 0, last.y);
    let down = at.y - row;
    let y = i32(row);
    let a = wave(textureLoad(grid, vec2i(i32(columns.x), y), 0), vec2f(across.x, down), normal);
    let b = wave(textureLoad(grid, vec2i(i32(columns.y), y), 0), vec2f(across.y, down), normal);
    let c = wave(textureLoad(grid, vec2i(i32(columns.z), y), 0), vec2f(across.z, down), normal);
    let d = wave(textureLoad(grid, vec2i(i32(columns.w), y), 0), vec2f(across.w, down), normal);
    sum += exp(down * down * FALLOFF) * (weights.x * a + weights.y * b + weights.z * c + weights.w * d);
  }
  return atan2(sum.y, sum.x);
}
