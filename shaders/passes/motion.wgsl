// What became of each place of a scene: where it was before, and how new it is. The flow counts where it explains the surroundings better than its opposite, or the flow near by, or rest, where that explains the place much better.
// new = saturate(gain * max(|mean of now - before| - floors.x, mean of |now - before| - floors.y)) over 5x5 texels, or more where it moves.
// Reads: now, before (rgb sRGB code values), flow (texels; all of equal size). Writes: output rgba16float: the shift in px of the picture, new in [0, 1], and new without the share of the speed.
// Source: B. Karis, "High-Quality Temporal Supersampling", 2014 (history that is rejected); the rest is ours.
import package::lib::flowMedian::flowMedian;

// `cell`: px of the picture in a texel. `floors`: what noise makes of the two differences. `rests`, `speeds`: texels a frame between which a flow begins to be no mere noise, and to count as new, up to `hurry`.
struct Params { floors: vec2f, rests: vec2f, speeds: vec2f, cell: f32, gain: f32, hurry: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var now: texture_2d<f32>;
@group(0) @binding(2) var before: texture_2d<f32>;
@group(0) @binding(3) var flow: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba16float, write>;

// Whose flow is tried: that of beyond the border of a thing, where windows see two motions.
const NEAR = array<vec2i, 4>(vec2i(-4, 0), vec2i(4, 0), vec2i(0, -4), vec2i(0, 4));
const BINOMIAL = array<f32, 3>(6.0 / 16, 4.0 / 16, 1.0 / 16);
// What must explain more than the flow does: by this share, and by code values.
const BETTER = 0.8;
const BETTER_BY = 0.004;

// Surroundings: every third texel, 6 to each side. A flow that fits noise leaves more of their differences than that share of what the opposite flow leaves, which smooths noise as much.
const APART = 3;
const FAR = 6;
const EXPLAINED = 0.94;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let size = vec2i(textureDimensions(now));
  let p = vec2i(id.xy);
  var d = flowMedian(flow, p);
  d *= smoothstep(params.rests.x, params.rests.y, length(d));
  d = select(vec2f(0), d, explains(p, d));
  var best = BETTER * differenceAt(p, d, 1).w - BETTER_BY;
  for (var k = 0; k <= 4; k++) {
    let other = select(textureLoad(flow, clamp(p + NEAR[min(k, 3)], vec2i(0), size - 1), 0).xy, vec2f(0), k == 4);
    let difference = differenceAt(p, other, 1).w;
    d = select(d, other, difference < best);
    best = min(best, difference);
  }
  let found = differenceAt(p, d, 2);
  let origin = vec2f(p) + 0.5 - d;
  let isOutside = any(origin < vec2f(-0.5)) || any(origin > vec2f(size) + 0.5);
  let changed = select(saturate(params.gain * max(length(found.rgb) - params.floors.x, found.w - params.floors.y)), 1, isOutside);
  let moved = params.hurry * smoothstep(params.speeds.x, params.speeds.y, length(d));
  textureStore(output, id.xy, vec4f(params.cell * d, max(changed, moved), changed));
}

// Whether the surroundings of a place are more like those that lie d back than like those d ahead.
fn explains(p: vec2i, d: vec2f) -> bool {
  let size = vec2i(textureDimensions(now));
  var back = 0.0;
  var ahead = 0.0;
  for (var y = -FAR; y <= FAR; y += APART) {
    for (var x = -FAR; x <= FAR; x += APART) {
      let q = clamp(p + vec2i(x, y), vec2i(0), size - 1);
      let own = textureLoad(now, q, 0).rgb;
      let at = vec2f(q) + 0.5;
      back += dot(abs(own - textureSampleLevel(before, bilinear, (at - d) / vec2f(size), 0).rgb), vec3f(1));
      ahead += dot(abs(own - textureSampleLevel(before, bilinear, (at + d) / vec2f(size), 0).rgb), vec3f(1));
    }
  }
  return back < EXPLAINED * ahead;
}

// The mean difference of each channel, and that of their absolute values, of the surroundings of a place to those of the one that lies d back.
fn differenceAt(p: vec2i, d: vec2f, radius: i32) -> vec4f {
  let size = vec2i(textureDimensions(now));
  var sum = vec4f(0);
  var all = 0.0;
  for (var y = -radius; y <= radius; y++) {
    for (var x = -radius; x <= radius; x++) {
      let q = clamp(p + vec2i(x, y), vec2i(0), size - 1);
      let difference = textureLoad(now, q, 0).rgb - textureSampleLevel(before, bilinear, (vec2f(q) + 0.5 - d) / vec2f(size), 0).rgb;
      let weight = BINOMIAL[abs(x)] * BINOMIAL[abs(y)];
      sum += weight * vec4f(difference, dot(abs(difference), vec3f(1.0 / 3)));
      all += weight;
    }
  }
  return sum / all;
}
