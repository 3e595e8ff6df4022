// Rows and columns of a picture as lines: `along` is (1, 0) where lines are rows and (0, 1) where they are columns.
// Reads and returns: texel coordinates and counts.
// Source: none.

fn texelOnLine(line: u32, i: u32, along: vec2u) -> vec2u {
  return along * i + along.yx * line;
}

fn lineCount(size: vec2u, along: vec2u) -> u32 {
  return dot(size, along.yx);
}

fn lineLength(size: vec2u, along: vec2u) -> u32 {
  return dot(size, along);
}
