// What the kernels of k-means agree on: colours are vectors (L, 2 a, 2 b) of OKLab, whose distances are what the eye sees; at most 32 clusters, whose sums are whole numbers, so that their order
// does not matter and every run gives the same.
// Reads and returns: OKLab, L in [0, 1]. Sums are of `inWhole` of (vector, weight), a record for each cluster and one of errors behind them.
// Source: S. P. Lloyd, "Least squares quantization in PCM", 1982; the weight of chroma is that of Delta E OK 2 (B. Ottosson; color.js).

const MOST_COLORS = 32u;
const RECORDS = MOST_COLORS + 1;
// The record of errors: its first number is the sum of the distances.
const ERRORS = MOST_COLORS;

const CHROMA = 2.0;

fn toVector(lab: vec3f) -> vec3f {
  return vec3f(lab.x, CHROMA * lab.yz);
}

fn fromVector(vector: vec3f) -> vec3f {
  return vec3f(vector.x, vector.yz / CHROMA);
}

// 16 x 16 x 16 bins; the strongest chromas share the outermost.
fn binOf(vector: vec3f) -> u32 {
  let bin = vec3u(clamp(vec3i(floor(16 * (vector + vec3f(0, 0.5, 0.5)))), vec3i(0), vec3i(15)));
  return bin.x + 16 * (bin.y + 16 * bin.z);
}

fn squared(vector: vec3f) -> f32 {
  return dot(vector, vector);
}

// Weights of up to 2^14 samples, 1 in the mean, fit in 31 bits.
const WHOLE = 65536.0;

fn inWhole(value: vec4f) -> vec4i {
  return vec4i(round(value * WHOLE));
}

// The mean of a cluster, from a sum of its vectors times their weights, and of their weights; `before` where it is empty.
fn meanOf(sum: vec4i, before: vec3f) -> vec3f {
  return select(before, vec3f(sum.xyz) / f32(max(sum.w, 1)), sum.w > 0);
}
