// Amplitude-modulated halftone screens: dots whose area is the amount of ink, with edges a pixel soft. Over a cell the mean coverage is the amount to 1 % from a period of 3.2 px on.
// Takes: amount of ink in [0, 1], p in px, direction (cos, sin) of the screen's angle, period in px. Returns coverage in [0, 1]: none below 0.4 %, solid above 99.6 %.
// Source: ISO 32000-1, 10.5.3 (the spot function CosineDot); E. N. Economou, "Green's Functions in Quantum Physics", chapter 5 (its area is the density of states of the square lattice).
import package::lib::lineCover::overlap;

// Round dots that meet in a chequerboard at 50 % and leave round holes. Their edges are soft without and within, and that adds a rim, as ink does on paper: at a period of 4 px light tones get 2.7 % more
// ink than asked for, at 8 px 0.7 %.
fn screen(amount: f32, p: vec2f, direction: vec2f, period: f32) -> f32 {
  return roundScreen(amount, p, direction, period, 0);
}

// The area in px² of such a rim, at most.
const RIM = 0.46;

// As `screen`, made smaller by `rim`: RIM gives exact areas. Coverage = clamp((s - height) / |grad s| + 1/2), s = (cos a + cos b) / 2.
fn roundScreen(amount: f32, p: vec2f, direction: vec2f, period: f32, rim: f32) -> f32 {
  let k = 2 * PI / period;
  let waves = -cos(2 * PI * (fract(cellAt(p, direction, period)) - 0.5));
  // |grad s|, from below limited to where the middle of a dot would be infinitely soft.
  let rate = k * max(0.5 * sqrt(max(0, 2 - dot(waves, waves))), FLATTEST);
  let even = 1 - 2 * amount;
  let bare = even * (1 + 4 * rim / (period * period * (1 + abs(even))));
  return trimmed(amount, 0.5 * (waves.x + waves.y), spotHeight(bare), rate);
}

const PI = 3.14159265;
const FLATTEST = 0.12;

// The height over which s has the area (1 - bare) / 2: the inverse of A(h) = (1 / pi) integral from h to 1 of dt / agm(1, |t|), within 0.0005 of the area.
fn spotHeight(bare: f32) -> f32 {
  let x = abs(bare);
  return bare * (0.283 + x * (8.9 + x * 9.817)) / (1 + 18 * x);
}

// In cells of the screen.
fn cellAt(p: vec2f, direction: vec2f, period: f32) -> vec2f {
  return vec2f(dot(p, direction), dot(p, vec2f(-direction.y, direction.x))) / period;
}

// Diamonds that meet in a chequerboard at 50 %: coverage = clamp((radius - |u| - |v|) / |grad| + 1/2), u and v from the middle of the dot in cells.
fn diamondScreen(amount: f32, p: vec2f, direction: vec2f, period: f32) -> f32 {
  let spot = dot(abs(fract(cellAt(p, direction, period) + 0.5) - 0.5), vec2f(1));
  let less = min(amount, 1 - amount);
  // Twice its square is the area, and a pixel of softness adds 1 / (3 period^2).
  let radius = sqrt(max(0, 0.5 * less - 1 / (6 * period * period)));
  return trimmed(amount, 1 - spot, 1 - select(1 - radius, radius, amount < 0.5), sqrt(2.0) / period);
}

// Lines in the direction: the exact overlap of a pixel with the line, or with the gap where that is narrower.
fn lineScreen(amount: f32, p: vec2f, direction: vec2f, period: f32) -> f32 {
  let off = period * abs(fract(cellAt(p, direction, period).y + 0.5) - 0.5);
  if (amount < 0.5) { return overlap(off, 0.5 * amount * period); }
  return 1 - overlap(0.5 * period - off, 0.5 * (1 - amount) * period);
}

// A dot smaller than this share of its cell does not print, nor does such a hole stay open.
const LEAST = 0.004;

fn trimmed(amount: f32, value: f32, height: f32, rate: f32) -> f32 {
  return select(select(saturate((value - height) / rate + 0.5), 1, amount > 1 - LEAST), 0, amount < LEAST);
}
