// Four noises side by side, each a weighted sum of up to three fractal ones: channel = 1/2 + sum weight (fractal - 1/2), then evened by a logistic where that is asked for.
// Writes: output rgba8unorm, [0, 1].
// Source: lib/noise.
import package::lib::noise::{ evened, FIRST_SHIFT, fractal };

// Three terms a channel. `origin` of the tile in the picture; `texel`: px per texel; `lattices`: px per cell in x and y, skew, first shift (0 or 1); `sums`: octaves, gain, weight; `deviations`: 0 is as it is.
struct Params { origin: vec2f, texel: f32, lattices: array<vec4f, 12>, sums: array<vec3f, 12>, seeds: array<vec4u, 3>, deviations: vec4f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;

const TERMS = 3u;

// What a term adds to one half.
fn term(p: vec2f, i: u32) -> f32 {
  let lattice = params.lattices[i];
  let sum = params.sums[i];
  if (sum.z == 0) { return 0; }
  let start = (p + lattice.z * vec2f(p.y, -p.x)) / lattice.xy + lattice.w * FIRST_SHIFT;
  return sum.z * (fractal(start, params.seeds[i >> 2u][i & 3u], i32(sum.x), sum.y) - 0.5);
}

fn channelAt(p: vec2f, channel: u32) -> f32 {
  var value = 0.5;
  for (var i = 0u; i < TERMS; i++) { value += term(p, TERMS * channel + i); }
  let deviation = params.deviations[channel];
  if (deviation == 0) { return value; }
  return evened(value, deviation);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = params.origin + (vec2f(id.xy) + 0.5) * params.texel - 0.5;
  textureStore(output, id.xy, vec4f(channelAt(p, 0), channelAt(p, 1), channelAt(p, 2), channelAt(p, 3)));
}
