// The tangent of a pixel, from passes/tangentFlow of any size: that of the nearest texel, because a mean of two tangents is no direction.
// Reads: tangents (x, y, anisotropy, radius factor), with texels of 1, 2, 4 … px; a pixel of a picture of `size`. Returns what is stored.
// Source: none.

fn tangentAt(tangents: texture_2d<f32>, pixel: vec2u, size: vec2u) -> vec4f {
  // The last texel may stand for less than its side, so the side is the power of two at or above the mean.
  let mean = (size + textureDimensions(tangents) - 1) / textureDimensions(tangents);
  return textureLoad(tangents, pixel >> firstLeadingBit(2 * mean - 1), 0);
}
