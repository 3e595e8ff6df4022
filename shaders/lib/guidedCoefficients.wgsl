// The linear model of a window: q = v - D (v - m), with D = (1 + C / epsilon)^-1 of its mean m and covariance C. It is He's A v + b with A = 1 - D.
// Takes: moments (w v, w), (w vv^T: rr, gg, bb, rg), (rb, gb, 0, 0), v being rgb - 1/2 and w alpha. Returns: coefficients (w D: rr, gg, bb, rg), (rb, gb, w (D m): r, g), (b, w, 0, 0).
// Source: K. He, J. Sun, X. Tang, "Guided Image Filtering", 2010, sec. 3, colour guide, with the picture for its own guide, so that D is symmetric.

// A window that is emptier than this has no colour; running sums may leave as much.
const LEAST_WEIGHT = 1e-5;

fn momentsOf(texel: vec4f) -> mat3x4f {
  // Sums of squares about the middle of the range lose less to cancellation.
  let v = texel.rgb - 0.5;
  let weighted = v * texel.a;
  return mat3x4f(vec4f(weighted, texel.a), vec4f(weighted * v, weighted.r * v.g), vec4f(weighted.rg * v.b, 0, 0));
}

fn coefficientsOf(moments: mat3x4f, epsilon: f32) -> mat3x4f {
  let weight = moments[0].a;
  if (weight < LEAST_WEIGHT) { return mat3x4f(); }
  let mean = moments[0].rgb / weight;
  let diagonal = 1 + (moments[1].rgb / weight - mean * mean) / epsilon;
  let mixed = (vec3f(moments[1].a, moments[2].rg) / weight - mean.rrg * mean.gbb) / epsilon;
  let inverted = inverseOf(diagonal, mixed);
  let offset = timesSymmetric(inverted.diagonal, inverted.mixed, mean);
  return weight * mat3x4f(vec4f(inverted.diagonal, inverted.mixed.r), vec4f(inverted.mixed.gb, offset.rg), vec4f(offset.b, 1, 0, 0));
}

// A symmetric matrix: rr, gg, bb and rg, rb, gb.
struct Symmetric { diagonal: vec3f, mixed: vec3f }

// By its factors L D L^T, each entry of D at least 1 as in 1 + C / epsilon. Cofactors would cancel to nothing in grey pictures, where C is of rank 1.
fn inverseOf(diagonal: vec3f, mixed: vec3f) -> Symmetric {
  let r = 1 / max(diagonal.r, 1);
  let gr = mixed.r * r;
  let br = mixed.g * r;
  let g = 1 / max(diagonal.g - mixed.r * gr, 1);
  let bg = (mixed.b - mixed.g * gr) * g;
  let b = 1 / max(diagonal.b - mixed.g * br - (mixed.b - mixed.g * gr) * bg, 1);
  let corner = gr * bg - br;
  return Symmetric(vec3f(r + gr * gr * g + corner * corner * b, g + bg * bg * b, b), vec3f(-gr * g - corner * bg * b, corner * b, -bg * b));
}

// The symmetric matrix with this diagonal and rg, rb, gb beside it, times a vector.
fn timesSymmetric(diagonal: vec3f, mixed: vec3f, v: vec3f) -> vec3f {
  return diagonal * v + mixed.rrg * v.grr + mixed.gbb * v.bbg;
}

fn filtered(color: vec3f, coefficients: mat3x4f) -> vec3f {
  let weight = coefficients[2].g;
  let diagonal = coefficients[0].rgb;
  let mixed = vec3f(coefficients[0].a, coefficients[1].rg);
  let v = color - 0.5;
  let offset = vec3f(coefficients[1].ba, coefficients[2].r);
  return select(color + (offset - timesSymmetric(diagonal, mixed, v)) / weight, color, weight < LEAST_WEIGHT);
}
