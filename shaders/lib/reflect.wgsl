// The pixel inside of a picture that stands for one outside: the picture goes on mirrored about the centre of its outermost pixels, again and again.
// Takes: a position of any distance and the size of the picture. Returns: texel coordinates.
// Source: none; the border is OpenCV's BORDER_REFLECT_101.

fn reflected(position: vec2i, size: vec2u) -> vec2u {
  let last = size - 1;
  let along = vec2u(abs(position)) % max(2 * last, vec2u(1));
  return min(along, 2 * last - min(along, 2 * last));
}
