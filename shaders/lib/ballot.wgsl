// The word that each pixel casts in oil painting: r, g, b and the bin of its luma, 8 bits each from the lowest.
// Reads: ballot words. Returns: numbers in [0, 255].
// Source: none.

// Black in the brightest bin: no pixel is both.
const NO_VOTE = 0xff000000u;

fn ballotColor(ballot: u32) -> vec3u {
  return vec3u(ballot, ballot >> 8, ballot >> 16) & vec3u(255);
}

fn ballotBin(ballot: u32) -> u32 {
  return ballot >> 24;
}
