// The median of a flow over 3x3 texels, x and y apart: what one window got wrong, its neighbours outvote.
// Reads: flow (x, y in any unit), clamped at the edge. Returns the same.
// Source: D. Sun, S. Roth and M. J. Black, "Secrets of Optical Flow Estimation and Their Principles", 2010, section 4.2.

fn flowMedian(flow: texture_2d<f32>, texel: vec2i) -> vec2f {
  let last = vec2i(textureDimensions(flow)) - 1;
  var rows: array<array<vec2f, 3>, 3>;
  for (var y = 0; y < 3; y++) {
    let a = textureLoad(flow, clamp(texel + vec2i(-1, y - 1), vec2i(0), last), 0).xy;
    let b = textureLoad(flow, clamp(texel + vec2i(0, y - 1), vec2i(0), last), 0).xy;
    let c = textureLoad(flow, clamp(texel + vec2i(1, y - 1), vec2i(0), last), 0).xy;
    rows[y] = array<vec2f, 3>(min(a, min(b, c)), medianOf(a, b, c), max(a, max(b, c)));
  }
  // With each row sorted, the median of all is that of the largest of the least, the median of the medians and the least of the largest.
  let least = max(rows[0][0], max(rows[1][0], rows[2][0]));
  let largest = min(rows[0][2], min(rows[1][2], rows[2][2]));
  return medianOf(least, medianOf(rows[0][1], rows[1][1], rows[2][1]), largest);
}

fn medianOf(a: vec2f, b: vec2f, c: vec2f) -> vec2f {
  return max(min(a, b), min(max(a, b), c));
}
