// Staircases with soft risers. `softSteps`: `steps` treads over [0, 1], out = (tread + smoothstep about its middle) / steps. `softQuantized`: the nearest border of two bins and a ramp of tanh,
// out = (b + tanh(steepness (bins x - b)) / (2 tanh(steepness / 2))) / bins, b = round(bins x).
// Reads: x in [0, 1]; riser, its width as a part of a tread, in (0, 1]; shift of the thresholds in treads; steepness, 0 for no steps, 12 for hard ones. Returns about [0, 1], beyond it where shifted.
// Source: H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006 (soft quantisation). Its ramp jumps in the middle of a bin; the divisor, which is ours, makes it continuous.

fn softSteps(x: f32, steps: f32, riser: f32, shift: f32) -> f32 {
  let level = saturate(x) * steps + shift;
  let tread = floor(level);
  return (tread + smoothstep(0.5 - riser / 2, 0.5 + riser / 2, level - tread)) / steps;
}

// Below it tanh is its argument, and the quotient would be 0 / 0.
const LEAST_STEEPNESS = 1e-2;

fn softQuantized(x: f32, bins: f32, steepness: f32) -> f32 {
  let border = round(bins * x);
  let steep = max(steepness, LEAST_STEEPNESS);
  return (border + tanh(steep * (bins * x - border)) / (2 * tanh(steep / 2))) / bins;
}

// Slope per px at which steps are as steep as at any edge.
const EDGE_SLOPE = 0.03;
// By how much the argument of the tanh may grow from a pixel to the next: a step is then a ramp of about two pixels.
const STEEPEST = 1.3;

// The steepness for `softQuantized` where x changes by `slope` a px: from `gentle` in flat places, where noise or a slow gradient would flip from bin to bin, to `steep` at edges; and never
// steeper than pixels can show.
fn steepnessAt(slope: f32, steepness: vec2f, bins: f32) -> f32 {
  return min(mix(steepness.x, steepness.y, smoothstep(0, EDGE_SLOPE, slope)), STEEPEST / max(bins * slope, 1e-6));
}
