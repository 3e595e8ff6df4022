// A brush stroke as the cells hold it: four vec4f.
// Reads and returns: positions and lengths in px, colours as sRGB code values.
// Source: P. Litwinowicz, "Processing Images and Video for an Impressionist Effect", 1997; the spine v = bend u^2 is ours.

const TEXELS = 4u;

// How far beyond its half length and half width a stroke can still cover.
const REACH = vec2f(1.1, 1.2);

struct Spine {
  // Its seed, and the unit vector along it.
  seed: vec2f,
  along: vec2f,
  // Half lengths forward and backward, curvature of the spine, half width: 0 where no stroke was laid.
  forward: f32,
  backward: f32,
  bend: f32,
  halfWidth: f32,
}

fn spineOf(a: vec4f, b: vec4f) -> Spine {
  return Spine(a.xy, a.zw, b.x, b.y, b.z, b.w);
}

// (u, v): px along the spine and away from it.
fn onSpine(spine: Spine, p: vec2f) -> vec2f {
  let d = p - spine.seed;
  let u = dot(d, spine.along);
  return vec2f(u, dot(d, vec2f(-spine.along.y, spine.along.x)) - spine.bend * u * u);
}

fn halfLength(spine: Spine, u: f32) -> f32 {
  return select(spine.backward, spine.forward, u > 0);
}
