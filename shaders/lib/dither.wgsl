// Thresholds that break up steps: the ordered one of Bayer, and noise without clumps, a hash by its rank among the nine of its neighbourhood.
// Reads: a cell of the grid. Returns: (0, 1), every value as often as any other.
// Source: B. E. Bayer, "An optimum method for two-level rendition of continuous-tone pictures", 1973; the ranked noise is ours, after R. Ulichney, "Dithering with Blue Noise", 1988.
import package::lib::noise::{ hashInRow, rowSeed };

// 8 x 8: the bits of x ^ y and y in turn, the lowest first.
fn bayer(cell: vec2u) -> f32 {
  let crossed = cell.x ^ cell.y;
  var rank = 0u;
  for (var bit = 0u; bit < 3; bit++) { rank = 4 * rank + 2 * ((crossed >> bit) & 1) + ((cell.y >> bit) & 1); }
  return (f32(rank) + 0.5) / 64;
}

fn rankedNoise(cell: vec2i, seed: u32) -> f32 {
  let own = hashInRow(cell.x, rowSeed(cell.y, seed));
  var rank = 0.0;
  for (var y = cell.y - 1; y <= cell.y + 1; y++) {
    let row = rowSeed(y, seed);
    for (var x = cell.x - 1; x <= cell.x + 1; x++) { rank += select(0.0, 1.0, hashInRow(x, row) < own); }
  }
  // Nine ranks are too few for a slow gradient: another hash fills in between them.
  return (rank + hashInRow(cell.x, rowSeed(cell.y, seed + 1))) / 9;
}
