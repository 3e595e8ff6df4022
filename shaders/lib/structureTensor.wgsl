// What a smoothed structure tensor (E, F, G) says: direction of the tangent, and how much of one there is.
// Reads: E, F, G of any scale (both answers are free of it). Returns: an angle in radians, an anisotropy in [0, 1].
// Source: T. Brox et al., "Adaptive Structure Tensors and their Applications", 2006; J. E. Kyprianidis and J. Doellner, "Image Abstraction by Structure Adaptive Filtering", 2008.

// What the stored (E, F, G) are multiplied by: that of weak texture is about 1e-6, below the normal range of half floats (6e-5), and 3 * 256 is far from their end (65504).
const TENSOR_SCALE = 256.0;

const QUARTER_TURN = 1.5707963267948966;

// Half the distance between the eigenvalues, times two: sqrt((E - G)^2 + 4 F^2).
fn eigenvalueDifference(tensor: vec3f) -> f32 {
  return length(vec2f(tensor.x - tensor.z, 2 * tensor.y));
}

// Angle of the minor eigenvector, along the edge. Where no direction is preferred it is a quarter turn, as in float64.
fn tangentAngle(tensor: vec3f) -> f32 {
  // atan2(0, 0) may be anything in WGSL.
  if (eigenvalueDifference(tensor) == 0) { return QUARTER_TURN; }
  return 0.5 * atan2(2 * tensor.y, tensor.x - tensor.z) + QUARTER_TURN;
}

// (l1 - l2) / (l1 + l2): 0 in flat or isotropic places, 1 along a straight edge.
fn anisotropy(tensor: vec3f) -> f32 {
  let trace = tensor.x + tensor.z;
  return select(0.0, clamp(eigenvalueDifference(tensor) / trace, 0, 1), trace > 0);
}

// Unit vector along the edge, without trigonometry, and the anisotropy: (x, y, A). Flip it by the sign of a dot product to keep going.
fn tangentOf(tensor: vec3f) -> vec3f {
  let difference = eigenvalueDifference(tensor);
  let cosine = select((tensor.x - tensor.z) / difference, 1.0, difference == 0);
  // The tangent is a quarter turn from half of the angle whose cosine that is: (-sin, cos).
  let half = sqrt(max(vec2f(1 - cosine, 1 + cosine) * 0.5, vec2f(0)));
  return vec3f(select(-half.x, half.x, tensor.y < 0), half.y, anisotropy(tensor));
}
