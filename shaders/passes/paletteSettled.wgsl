// The palette of a frame, with what share of all weights is nearest to each of its colours.
// Reads: centers and sums of the last round (paletteRound). Writes: current, (vector, share) by cluster with the mean error behind them; palette, (OKLab, share) from dark to light.
// Source: none; the places are counted.
import package::lib::palette::{ ERRORS, fromVector, MOST_COLORS, RECORDS };

struct Params { count: u32, round: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> centers: array<vec4f>;
@group(0) @binding(2) var<storage, read> sums: array<vec4i>;
@group(0) @binding(3) var<storage, read_write> palette: array<vec4f>;
@group(0) @binding(4) var current: texture_storage_2d<rgba32float, write>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= RECORDS) { return; }
  if (id.x == ERRORS) {
    textureStore(current, id.xy, vec4f(f32(sumOf(ERRORS).x) / totalWeight(), 0, 0, 0));
  } else if (id.x >= params.count) {
    textureStore(current, id.xy, vec4f(0));
  } else {
    let own = vec4f(centerOf(id.x), f32(sumOf(id.x).w) / totalWeight());
    textureStore(current, id.xy, own);
    palette[rankOf(id.x)] = vec4f(fromVector(own.xyz), own.w);
  }
}

fn centerOf(color: u32) -> vec3f {
  return centers[MOST_COLORS * params.round + color].xyz;
}

fn sumOf(record: u32) -> vec4i {
  return sums[RECORDS * params.round + record];
}

fn totalWeight() -> f32 {
  var total = 0.0;
  for (var k = 0u; k < params.count; k++) { total += f32(sumOf(k).w); }
  return max(total, 1);
}

// How many colours are darker; equal ones in their order.
fn rankOf(color: u32) -> u32 {
  let own = centerOf(color).x;
  var rank = 0u;
  for (var k = 0u; k < params.count; k++) {
    let other = centerOf(k).x;
    rank += select(0u, 1u, other < own || (other == own && k < color));
  }
  return rank;
}
