// Kernels of phasor noise, each a wave exp(i (arg z + k n.d)) at d from its centre, k = 2 pi / period; lengths in periods. n and -n are the same flow: the wave of one that
// points the other way counts as its conjugate.
// Reads, returns: texels with z as cosine and sine in xy and the normal n in zw; complex numbers; angles in radians.
// Source: T. Tricard et al., "Procedural Phasor Noise", ACM TOG 38(4), 2019, section 3; the agreement of the phases is ours.

const TURN = 6.283185307179586;
// What a neighbour across a corner weighs, beside one across a side.
const CORNER_WEIGHT = 0.6;

fn product(a: vec2f, b: vec2f) -> vec2f {
  return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

fn unitAt(angle: f32) -> vec2f {
  return vec2f(cos(angle), sin(angle));
}

// z of a kernel, for one whose normal is `normal`.
fn alignedPhase(kernel: vec4f, normal: vec2f) -> vec2f {
  return vec2f(kernel.x, select(kernel.y, -kernel.y, dot(kernel.zw, normal) < 0));
}

// The phase that a neighbour, `d` cells away, predicts for a kernel: (n.n')^2 c z' e^(-i k m.d), m the mean of the two normals.
fn prediction(own: vec4f, other: vec4f, d: vec2f) -> vec2f {
  let cosine = dot(own.zw, other.zw);
  let ahead = 0.5 * TURN * dot(own.zw + select(other.zw, -other.zw, cosine < 0), d);
  let weight = cosine * cosine * select(1.0, CORNER_WEIGHT, d.x * d.y != 0);
  return weight * product(alignedPhase(other, own.zw), unitAt(-ahead));
}
