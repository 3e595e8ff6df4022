// A staircase of treads one apart with risers at whole numbers: out = border + tanh(steepness (level - border)) / (2 tanh(steepness / 2)), `border` the nearest whole number.
// Reads: level, a tone in steps; steepness: near 0 the staircase is a ramp, from 100 on its risers are upright. Returns: within 1/2 of the nearest border.
// Source: H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006; divided by tanh(steepness / 2), so that the halves of a tread meet and no line is drawn in skies.

fn softQuantised(level: f32, steepness: f32) -> f32 {
  let border = round(level);
  let steep = max(steepness, LEAST_STEEPNESS);
  return border + 0.5 * tanh(clamp(steep * (level - border), -MOST_TANH, MOST_TANH)) / tanh(min(0.5 * steep, MOST_TANH));
}

// Below it the staircase is a ramp, and tanh loses digits.
const LEAST_STEEPNESS = 0.05;

// Beyond it tanh is 1, and some GPUs' is not a number.
const MOST_TANH = 10.0;

// A slope of a whole step range per unit at which an edge of the picture is one for certain.
const DECISIVE = 0.03;
// By how much the argument of the tanh may grow from a pixel to the next: a riser is then a ramp of about two pixels.
const PIXEL_STEEPNESS = 1.3;

// 0 where the picture is flat, and noise or a slow gradient would flip from tread to tread, 1 at its edges. `slope`: per unit, in parts of the range.
fn edgeness(slope: f32) -> f32 {
  return smoothstep(0, DECISIVE, slope);
}

// The steepness of risers where the picture changes by `slope` per px, in parts of the range that `steps` divide: from range.x where it is flat to range.y at its edges; and never steeper than
// pixels can show. `unit`: px.
fn steepnessAt(slope: f32, unit: f32, steps: f32, range: vec2f) -> f32 {
  return min(mix(range.x, range.y, edgeness(unit * slope)), PIXEL_STEEPNESS / max(steps * slope, 1e-3));
}

// How much narrower a soft border is at an edge than where the picture is flat: there noise cannot flip a pixel.
const EDGE_GAIN = 3.0;
