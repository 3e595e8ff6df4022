// The sample that stands for one outside of a picture: the picture goes on as its own mirror image, again and again.
// Takes: a position up to some ten thousand samples off, and the size. Returns: texel coordinates.
// Source: none; the borders are those of OpenCV.

// The mirror goes through the centre of the outermost pixels, so that they are not repeated: BORDER_REFLECT_101.
fn reflected(position: vec2i, size: vec2u) -> vec2u {
  // In floats, because a software GPU divides integers one by one.
  let last = vec2f(size) - 1;
  let at = abs(vec2f(position));
  let period = max(2 * last, vec2f(1));
  return vec2u(last - abs(last - (at - period * floor(at / period))));
}

// On a line, with the outermost samples repeated: BORDER_REFLECT.
fn mirrored(position: i32, length: u32) -> u32 {
  let count = f32(length);
  let at = f32(position) - 2 * count * floor(f32(position) / (2 * count));
  return u32(min(at, 2 * count - 1 - at));
}
