// A staircase with smooth risers: `steps` treads over [0, 1], out = (tread + smoothstep about its middle) / steps.
// Reads: x in [0, 1]; riser, the width of a riser as a part of a tread, in (0, 1]; shift of the thresholds in treads. Returns about [0, 1], beyond it where shifted.
// Source: H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006 (soft quantisation).

fn softSteps(x: f32, steps: f32, riser: f32, shift: f32) -> f32 {
  let level = saturate(x) * steps + shift;
  let tread = floor(level);
  return (tread + smoothstep(0.5 - riser / 2, 0.5 + riser / 2, level - tread)) / steps;
}
