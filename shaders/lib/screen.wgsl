// Amplitude-modulated halftone screens of exact area: over a cell the mean coverage is the amount, to 1 % from a period of 3.2 px on. Edges are a pixel soft.
// Takes: amount of ink in [0, 1], p in px, direction (cos, sin) of the screen's angle, period in px. Returns coverage in [0, 1]: none below 0.4 %, solid above 99.6 %.
// Source: ISO 32000-1, 10.5.3 (the spot function CosineDot); E. N. Economou, "Green's Functions in Quantum Physics", chapter 5 (its area is the density of states of the square lattice).

// Round dots that meet in a chequerboard at 50 % and leave round holes: coverage = clamp((s - height) / |grad s| + 1/2), s = (cos a + cos b) / 2.
fn screen(amount: f32, p: vec2f, direction: vec2f, period: f32) -> f32 {
  let k = 2 * PI / period;
  let waves = -cos(2 * PI * (fract(cellAt(p, direction, period)) - 0.5));
  // |grad s|, from below limited to where the middle of a dot would be infinitely soft.
  let rate = k * max(0.5 * sqrt(max(0, 2 - dot(waves, waves))), FLATTEST);
  return trimmed(amount, 0.5 * (waves.x + waves.y), spotHeight(amount, period), rate);
}

const PI = 3.14159265;
const FLATTEST = 0.12;
// The area in px² by which a pixel of softness makes a round dot larger, and a round hole smaller.
const RIM = 0.46;

// The height over which s has an area: the inverse of A(h) = (1 / pi) integral from h to 1 of dt / agm(1, |t|), within 0.0005 of the area.
fn spotHeight(amount: f32, period: f32) -> f32 {
  let even = 1 - 2 * amount;
  let rim = 4 * RIM / (period * period);
  let x = abs(even) * (1 + rim / (1 + abs(even)));
  return sign(even) * x * (0.283 + x * (8.9 + x * 9.817)) / (1 + 18 * x);
}

// In cells of the screen.
fn cellAt(p: vec2f, direction: vec2f, period: f32) -> vec2f {
  return vec2f(dot(p, direction), dot(p, vec2f(-direction.y, direction.x))) / period;
}

fn trimmed(amount: f32, value: f32, height: f32, rate: f32) -> f32 {
  return select(select(saturate((value - height) / rate + 0.5), 1, amount > 0.996), 0, amount < 0.004);
}
