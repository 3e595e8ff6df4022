// A coarse texture read at the size of the picture it was reduced from: bilinear, with texel centres aligned.
// Reads: coarse (any format), clamped at the edge. Returns the interpolated texel.
// Source: none; the counterpart of shaders/passes/reduce.wgsl.

// `factor` is the side of a coarse texel in pixels; 1 gives the texel itself.
fn enlarged(coarse: texture_2d<f32>, pixel: vec2u, factor: f32) -> vec4f {
  let last = vec2i(textureDimensions(coarse)) - 1;
  let at = (vec2f(pixel) + 0.5) / factor - 0.5;
  let low = vec2i(floor(at));
  let part = at - floor(at);
  let a = clamp(low, vec2i(0), last);
  let b = clamp(low + 1, vec2i(0), last);
  let top = mix(textureLoad(coarse, a, 0), textureLoad(coarse, vec2i(b.x, a.y), 0), part.x);
  let bottom = mix(textureLoad(coarse, vec2i(a.x, b.y), 0), textureLoad(coarse, b, 0), part.x);
  return mix(top, bottom, part.y);
}
