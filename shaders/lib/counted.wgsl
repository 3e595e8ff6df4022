// How much a pixel counts in a mean: its 8-bit alpha as a whole number, so that sums of it are exact; pixels of no alpha count as those of the
// least, because the import gives them the colour of their neighbours, and a window that holds only such ones has a mean all the same.
// Takes: straight rgb and alpha. Returns: (rgb - CENTER, 1) times that; the centre keeps long sums small, and so precise.
// Source: none.
const CENTER = 0.5;

fn counted(texel: vec4f) -> vec4f {
  return vec4f(texel.rgb - CENTER, 1) * max(round(texel.a * 255), 1);
}

fn meanOf(sum: vec4f) -> vec3f {
  return sum.rgb / sum.a + CENTER;
}
