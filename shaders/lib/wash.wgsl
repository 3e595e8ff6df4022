// How the wash of a watercolour is kept in rgba8unorm: OKLab with room beyond 0..1 for the steps of its tones, and where paper stays bare.
// Reads and returns: L about [-0.15, 1.15], a and b within 0.4 of 0.
// Source: none.

const LIGHTNESS_FROM = -0.2;
const LIGHTNESS_SPAN = 1.4;
const CHROMA_SPAN = 0.8;

fn packWash(lab: vec3f) -> vec3f {
  return vec3f((lab.x - LIGHTNESS_FROM) / LIGHTNESS_SPAN, lab.yz / CHROMA_SPAN + 0.5);
}

// Linear, so means of packed values unpack to means.
fn unpackWash(packed: vec3f) -> vec3f {
  return vec3f(LIGHTNESS_FROM + LIGHTNESS_SPAN * packed.x, CHROMA_SPAN * (packed.yz - 0.5));
}
