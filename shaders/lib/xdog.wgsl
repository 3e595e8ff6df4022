// Thresholds that turn a sharpened lightness D into ink (0) and paper (1), never steeper than pixels can show: no contour is jagged, however hard the threshold.
// Takes: D and epsilon in any unit, phi per that unit, slope = |grad D| per px. Returns [0, 1].
// Source: H. Winnemoeller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012. The limit by the slope is ours.
import package::lib::softQuantise::softQuantised;

// By how much the argument of a tanh over the whole range may grow from a pixel to the next: a contour is then a ramp of about two pixels.
const STEEPEST = 1.3;
const LEAST_SLOPE = 1e-3;
// There tanh is 1 in f32, and far beyond it some devices divide infinities.
const SATURATED = 10.0;

fn limited(phi: f32, slope: f32, steepest: f32) -> f32 {
  return min(phi, steepest / max(slope, LEAST_SLOPE));
}

// As published: paper from epsilon on, 1 + tanh(phi (D - epsilon)) below. Half a tanh has all of the range, so it may be half as steep.
fn softThreshold(d: f32, epsilon: f32, phi: f32, slope: f32) -> f32 {
  return 1 + tanh(clamp(limited(phi, slope, 0.5 * STEEPEST) * (d - epsilon), -SATURATED, 0));
}

// As much of the ramp on either side of epsilon, 1/2 + 1/2 tanh(phi (D - epsilon)): a contour stays in its place however soft it is.
fn evenThreshold(d: f32, epsilon: f32, phi: f32, slope: f32) -> f32 {
  return 0.5 + 0.5 * tanh(clamp(limited(phi, slope, STEEPEST) * (d - epsilon), -SATURATED, SATURATED));
}

// Of one unit of D: D in [0, epsilon] becomes all tones from ink to paper; more of it where an edge would cross them between two pixels.
fn toneRate(epsilon: f32, slope: f32) -> f32 {
  return limited(1 / epsilon, slope, 0.5 * STEEPEST);
}

// The tones themselves.
fn continuousTone(d: f32, epsilon: f32, slope: f32) -> f32 {
  return saturate(0.5 + (d - 0.5 * epsilon) * toneRate(epsilon, slope));
}

// A staircase of `levels` steps over them, each a tanh of steepness phi about its border.
fn softLevels(d: f32, epsilon: f32, phi: f32, levels: f32, slope: f32) -> f32 {
  let steepness = limited(phi, slope, STEEPEST) / (toneRate(epsilon, slope) * levels);
  return softQuantised(levels * continuousTone(d, epsilon, slope), steepness) / levels;
}
