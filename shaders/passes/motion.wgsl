// What became of each place of a scene: where it was before, and how new it is. Of the flow here, those near by and none at all that one counts which explains the picture best, none if it is as good.
// new = saturate(gain * max(|mean of now - before| - floors.x, mean of |now - before| - floors.y)) over 5x5 texels, or more where it moves.
// Reads: now, before (rgb sRGB code values), flow (texels; all of equal size). Writes: output rgba16float: the shift in px of the picture, new in [0, 1], and new without the share of the speed.
// Source: B. Karis, "High-Quality Temporal Supersampling", 2014 (history that is rejected); the rest is ours.
import package::lib::flowMedian::flowMedian;

// `cell`: px of the picture in a texel. `floors`: what noise makes of the two differences. `speeds`: texels a frame from which speed counts, and at which it counts for all of `hurry`.
struct Params { floors: vec2f, speeds: vec2f, cell: f32, gain: f32, hurry: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var now: texture_2d<f32>;
@group(0) @binding(2) var before: texture_2d<f32>;
@group(0) @binding(3) var flow: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba16float, write>;

// Whose flow is tried: also that of beyond the border of a thing, where windows see two motions.
const NEAR = array<vec2i, 5>(vec2i(0), vec2i(-4, 0), vec2i(4, 0), vec2i(0, -4), vec2i(0, 4));
const RADIUS = 2;
const BINOMIAL = array<f32, 3>(6.0 / 16, 4.0 / 16, 1.0 / 16);
// A flow must explain that much more than rest: share of the difference, and code values.
const BETTER = 0.85;
const BETTER_BY = 0.0015;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let size = vec2i(textureDimensions(now));
  let p = vec2i(id.xy);
  var d = vec2f(0);
  var best = differenceAt(p, d);
  best.w = BETTER * best.w - BETTER_BY;
  for (var k = 0; k < 5; k++) {
    let other = flowMedian(flow, clamp(p + NEAR[k], vec2i(0), size - 1));
    let difference = differenceAt(p, other);
    if (difference.w < best.w) {
      best = difference;
      d = other;
    }
  }
  if (all(d == vec2f(0))) { best = differenceAt(p, d); }
  let origin = vec2f(p) + 0.5 - d;
  let isOutside = any(origin < vec2f(-0.5)) || any(origin > vec2f(size) + 0.5);
  let changed = select(saturate(params.gain * max(length(best.rgb) - params.floors.x, best.w - params.floors.y)), 1, isOutside);
  let moved = params.hurry * smoothstep(params.speeds.x, params.speeds.y, length(d));
  textureStore(output, id.xy, vec4f(params.cell * d, max(changed, moved), changed));
}

// The mean difference of each channel, and that of their absolute values, of a place to the one that lies d back.
fn differenceAt(p: vec2i, d: vec2f) -> vec4f {
  let size = vec2i(textureDimensions(now));
  var sum = vec4f(0);
  for (var y = -RADIUS; y <= RADIUS; y++) {
    for (var x = -RADIUS; x <= RADIUS; x++) {
      let q = clamp(p + vec2i(x, y), vec2i(0), size - 1);
      let difference = textureLoad(now, q, 0).rgb - textureSampleLevel(before, bilinear, (vec2f(q) + 0.5 - d) / vec2f(size), 0).rgb;
      sum += BINOMIAL[abs(x)] * BINOMIAL[abs(y)] * vec4f(difference, dot(abs(difference), vec3f(1.0 / 3)));
    }
  }
  return sum;
}
