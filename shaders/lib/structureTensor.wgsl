// What a smoothed structure tensor (E, F, G) says: direction of the tangent, and how much of one there is.
// Reads: E, F, G of any scale (both answers are free of it). Returns: an angle in radians, an anisotropy in [0, 1].
// Source: T. Brox et al., "Adaptive Structure Tensors and their Applications", 2006; J. E. Kyprianidis and J. Doellner, "Image Abstraction by Structure Adaptive Filtering", 2008.

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
