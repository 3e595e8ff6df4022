// Noise without state: an integer hash, value noise with a quintic fade, and its fractal sum.
// Reads: positions in cells (valueNoise, fractal) or px (fbm), a seed. Returns [0, 1); both sums have the mean 0.5.
// Source: M. Jarzynski and M. Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020 (pcg); K. Perlin, "Improving Noise", 2002 (fade).

fn pcg(state: u32) -> u32 {
  let h = state * 747796405u + 2891336453u;
  let w = ((h >> ((h >> 28u) + 4u)) ^ h) * 277803737u;
  return (w >> 22u) ^ w;
}

// Uniform in [0, 1), the same for the same cell and seed. 24 bits, because an f32 holds no more.
fn hash01(x: i32, y: i32, seed: u32) -> f32 {
  return hashInRow(x, rowSeed(y, seed));
}

// Apart, because neighbours in a row share the first two thirds of the work.
fn rowSeed(y: i32, seed: u32) -> u32 {
  return rowOf(y, pcg(seed));
}

fn rowOf(y: i32, hashedSeed: u32) -> u32 {
  return pcg(bitcast<u32>(y) + hashedSeed);
}

fn hashInRow(x: i32, row: u32) -> f32 {
  // By way of a signed number: unsigned ones are converted slowly on GPUs in software.
  return f32(bitcast<i32>(pcg(bitcast<u32>(x) + row) >> 8u)) * 0x1p-24;
}

// One lattice cell per unit of `p`.
fn valueNoise(p: vec2f, seed: u32) -> f32 {
  return hashedNoise(p, pcg(seed));
}

// valueNoise for those who ask often: with pcg(seed) instead of the seed.
fn hashedNoise(p: vec2f, hashedSeed: u32) -> f32 {
  let cell = vec2i(floor(p));
  let t = p - floor(p);
  let fade = t * t * t * (t * (t * 6 - 15) + 10);
  let top = rowOf(cell.y, hashedSeed);
  let bottom = rowOf(cell.y + 1, hashedSeed);
  let left = mix(hashInRow(cell.x, top), hashInRow(cell.x, bottom), fade.y);
  let right = mix(hashInRow(cell.x + 1, top), hashInRow(cell.x + 1, bottom), fade.y);
  return mix(left, right, fade.x);
}

// Shifts that keep the lattices of the octaves, and those of any two sums, from meeting in a corner; not quite 2, for the same reason.
const FIRST_SHIFT = vec2f(31.7, 12.3);
const OCTAVE_SHIFT = vec2f(17.3, 9.1);
const LACUNARITY = 2.02;
const OCTAVE_SEED = 101u;

// `scale`: px per cell of the coarsest octave. `gain`: amplitude of an octave relative to the one before.
fn fbm(p: vec2f, scale: f32, seed: u32, octaves: i32, gain: f32) -> f32 {
  return fractal(p / scale + FIRST_SHIFT, seed, octaves, gain);
}

// fbm for those who place the lattice themselves: `start` in cells of the coarsest octave.
fn fractal(start: vec2f, seed: u32, octaves: i32, gain: f32) -> f32 {
  var at = start;
  var amplitude = 1.0;
  var sum = 0.0;
  var norm = 0.0;
  for (var octave = 0; octave < octaves; octave++) {
    sum += amplitude * valueNoise(at, seed + u32(octave) * OCTAVE_SEED);
    norm += amplitude;
    amplitude *= gain;
    at = at * LACUNARITY + OCTAVE_SHIFT;
  }
  return sum / norm;
}

// A logistic stands in for the distribution of a sum of noises: nearly uniform in [0, 1] where their standard deviation is `deviation`.
const LOGISTIC_SLOPE = 1.702;

fn evened(value: f32, deviation: f32) -> f32 {
  return 1 / (1 + exp(-LOGISTIC_SLOPE * (value - 0.5) / deviation));
}
