// How a difference of Gaussians is kept in a unorm byte: 0 is kept exactly, and all within 0.125 of it, beyond which a line is as strong as any.
// Reads and returns: differences of values in [0, 1].
// Source: none.

const ZERO = 128.0 / 255;
const GAIN = 4.0;

fn packLine(difference: f32) -> f32 {
  return ZERO + GAIN * difference;
}

// Linear, so means of packed values unpack to means.
fn unpackLine(packed: f32) -> f32 {
  return (packed - ZERO) / GAIN;
}
