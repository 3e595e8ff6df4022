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
