// Oil painting: the mean colour of the most frequent luma bin in a (2 size + 1)^2 window clipped at the border, the lowest bin of equals;
// with `soft` the mean of all bins in a disc of radius size, weighted by (count / largest count)^exponent.
// Reads: ballots (see oilPaintingVotes.wgsl), source where nobody votes. Writes: output rgba8unorm, rgb sRGB code values, alpha 1.
// Source: OpenCV xphoto::oilPainting; `soft` after the idea of GEGL's oilify, from its description.
import package::lib::ballot::NO_VOTE;
import package::lib::ballot::ballotBin;
import package::lib::ballot::ballotColor;

struct Params { size: i32, strip: i32, exponent: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> ballots: array<u32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// Up to 15 x 15 votes all four sums of a bin fit into 16 bits each, which halves its memory.
@if(small || softSmall) alias Bin = vec2u;
@else alias Bin = vec4u;
@if(small || softSmall) fn binOfOne(color: vec3u) -> Bin { return vec2u(color.r | (color.g << 16), color.b | (1u << 16)); }
@else fn binOfOne(color: vec3u) -> Bin { return vec4u(color, 1); }
@if(small || softSmall) fn countOf(bin: Bin) -> u32 { return bin.y >> 16; }
@else fn countOf(bin: Bin) -> u32 { return bin.w; }
@if(small || softSmall) fn colorsOf(bin: Bin) -> vec3u { return vec3u(bin.x & 0xffff, bin.x >> 16, bin.y & 0xffff); }
@else fn colorsOf(bin: Bin) -> vec3u { return bin.rgb; }

var<private> bins: array<Bin, 256>;
// No bin outside of lowest..highest has a vote.
var<private> lowest: u32 = 255;
var<private> highest: u32 = 0;

// One invocation paints a column strip from the top down and moves the window along: only what enters and leaves is counted.
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let picture = vec2i(textureDimensions(output));
  let x = i32(id.x);
  if (x >= picture.x) { return; }
  let first = i32(id.y) * params.strip;
  countWindow(vec2i(x, first - 1), picture);
  for (var y = first; y < min(first + params.strip, picture.y); y++) {
    slideTo(vec2i(x, y), picture);
    textureStore(output, vec2i(x, y), vec4f(elected(vec2i(x, y)), 1));
  }
}

@if(soft || softSmall) fn halfHeight(dx: i32) -> i32 {
  // The slack keeps roots of square numbers whole where sqrt is rounded down.
  return i32(sqrt(f32(params.size * params.size - dx * dx)) + 1e-3);
}
@else fn halfHeight(dx: i32) -> i32 { return params.size; }

fn countWindow(center: vec2i, picture: vec2i) {
  for (var x = max(center.x - params.size, 0); x <= min(center.x + params.size, picture.x - 1); x++) {
    let reach = halfHeight(x - center.x);
    for (var y = max(center.y - reach, 0); y <= min(center.y + reach, picture.y - 1); y++) { count(ballots[y * picture.x + x]); }
  }
}

// From the window one pixel above to the one around `center`.
fn slideTo(center: vec2i, picture: vec2i) {
  let last = min(center.x + params.size, picture.x - 1);
  for (var x = max(center.x - params.size, 0); x <= last; x++) {
    let reach = halfHeight(x - center.x);
    let leaving = center.y - reach - 1;
    let entering = center.y + reach;
    if (leaving >= 0) { discount(ballots[leaving * picture.x + x]); }
    if (entering < picture.y) { count(ballots[entering * picture.x + x]); }
  }
}

fn count(ballot: u32) {
  let bin = ballotBin(ballot);
  bins[bin] += shareOf(ballot);
  lowest = min(lowest, bin);
  highest = max(highest, bin);
}

fn discount(ballot: u32) {
  bins[ballotBin(ballot)] -= shareOf(ballot);
}

fn shareOf(ballot: u32) -> Bin {
  return select(binOfOne(ballotColor(ballot)), Bin(), ballot == NO_VOTE);
}

fn elected(at: vec2i) -> vec3f {
  while (lowest < highest && countOf(bins[lowest]) == 0) { lowest++; }
  while (highest > lowest && countOf(bins[highest]) == 0) { highest--; }
  // Count and bin in one number, so that of equal counts the lowest bin is the largest.
  var best = 0u;
  for (var bin = lowest; bin <= highest; bin++) { best = max(best, (countOf(bins[bin]) << 8) | (255 - bin)); }
  let most = best >> 8;
  if (most == 0) { return textureLoad(source, at, 0).rgb; }
  return colorOf(255 - (best & 255), most);
}

@if(soft || softSmall) fn colorOf(winner: u32, most: u32) -> vec3f {
  var sum = vec4f(0);
  for (var bin = lowest; bin <= highest; bin++) {
    let count = f32(countOf(bins[bin]));
    if (count > 0) {
      let weight = pow(count / f32(most), params.exponent);
      sum += weight * vec4f(vec3f(colorsOf(bins[bin])) / (255 * count), 1);
    }
  }
  return sum.rgb / sum.a;
}
// The mean rounded half to even, in whole numbers, because a division of floats may be off by an ulp on a GPU.
@else fn colorOf(winner: u32, most: u32) -> vec3f {
  let twice = 2 * colorsOf(bins[winner]) + most;
  let mean = twice / (2 * most);
  let isTie = mean * (2 * most) == twice;
  return vec3f(mean - select(vec3u(0), mean & vec3u(1), isTie)) / 255;
}
