// Soft steps. A staircase of treads one apart with risers at whole numbers: out = border + tanh(steepness (level - border)) / (2 tanh(steepness / 2)), `border` the nearest whole number.
// Reads: level, a tone in steps; steepness above 0: near 0 the staircase is a ramp, from 100 on its risers are upright. Returns: within 1/2 of the nearest border.
// Source: H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006; divided by tanh(steepness / 2), so that the halves of a tread meet and no line is drawn in skies.

fn softQuantised(level: f32, steepness: f32) -> f32 {
  let border = round(level);
  return border + 0.5 * tanh(clamp(steepness * (level - border), -MOST_TANH, MOST_TANH)) / tanh(min(0.5 * steepness, MOST_TANH));
}

// Beyond it tanh is 1, and some GPUs' is not a number.
const MOST_TANH = 10.0;

// On an edge of the picture risers are steeper by this: noise cannot flip a pixel there. From DECISIVE on, a slope of the whole range per unit of a drawing, it is an edge for certain.
const EDGE_GAIN = 3.0;
const DECISIVE = 0.03;

fn edgeGain(slope: f32) -> f32 {
  return mix(1, EDGE_GAIN, smoothstep(0, DECISIVE, slope));
}
