// The tangent of a pixel, from passes/tangentFlow of any size: that of the nearest texel, because a mean of two tangents is no direction.
// Reads: tangents (x, y, anisotropy, radius factor); a pixel of a picture of `size`. Returns what is stored.
// Source: none.

fn tangentAt(tangents: texture_2d<f32>, pixel: vec2u, size: vec2u) -> vec4f {
  let texels = textureDimensions(tangents);
  return textureLoad(tangents, min(pixel * texels / size, texels - 1), 0);
}
