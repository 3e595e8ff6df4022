// Coverage of a pixel by parallel lines: the exact overlap of the line with a box of one pixel, so a line of width 0 is nothing and one under a pixel is grey.
// Reads: `phase` in radians, a whole turn from line to line and 0 in the middle of one; `rate` its slope in rad/px; `duty`, the share of the period a line takes. Returns [0, 1];
// the next line is not counted, so at a duty of 1 a seam stays.
// Source: none; the box filter of a slab, d = |phase| / rate and half its width duty pi / rate: min(d + 1/2, half) - max(d - 1/2, -half).

// Below this a period is longer than any picture, and the phase says no distance.
const LEAST_RATE = 1e-3;
const HALF_TURN = 3.141592653589793;

fn lineCover(phase: f32, rate: f32, duty: f32) -> f32 {
  let slope = max(rate, LEAST_RATE);
  let distance = abs(phase) / slope;
  let half = duty * HALF_TURN / slope;
  return overlap(distance, half);
}

// Of a pixel whose middle is `off` px from the middle of a line with the line, `reach` px to either side.
fn overlap(off: f32, reach: f32) -> f32 {
  return saturate(min(off + 0.5, reach) - max(off - 0.5, -reach));
}
