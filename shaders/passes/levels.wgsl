// What a histogram says: low = min(its percentile, darkest), high = max(its percentile, lightest), gain *= smoothstep(contrasts, distance of the percentiles), and the mean of what is leveled so.
// Reads: histogram (256 counts of a tone in [0, 1]). Writes: found: low, high, gain, mean.
// Source: none; percentiles are interpolated in their bin.
import package::lib::levels::leveled;

// `ends`: the shares of pixels below low and below high.
struct Params { ends: vec2f, darkest: f32, lightest: f32, contrasts: vec2f, gain: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> histogram: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> found: array<f32>;

const BINS = 256.0;
// Each has four bins.
const LANES = 64u;

var<workgroup> counts: array<u32, LANES>;
var<workgroup> percentiles: array<f32, 2>;
var<workgroup> sums: array<f32, LANES>;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane: u32) {
  let own = histogram[lane];
  counts[lane] = own.x + own.y + own.z + own.w;
  workgroupBarrier();
  var before = 0u;
  var all = 0u;
  for (var i = 0u; i < LANES; i++) {
    before += select(0u, counts[i], i < lane);
    all += counts[i];
  }
  let ranks = params.ends * f32(all);
  var rank = f32(before);
  for (var k = 0u; k < 4; k++) {
    let count = f32(own[k]);
    for (var end = 0; end < 2; end++) {
      if (ranks[end] >= rank && ranks[end] < rank + count) { percentiles[end] = (f32(4 * lane + k) + (ranks[end] - rank) / count) / BINS; }
    }
    rank += count;
  }
  workgroupBarrier();
  let contrast = percentiles[1] - percentiles[0];
  let levels = vec3f(min(percentiles[0], params.darkest), max(percentiles[1], params.lightest), params.gain * smoothstep(params.contrasts.x, params.contrasts.y, contrast));
  var sum = 0.0;
  for (var k = 0u; k < 4; k++) { sum += f32(own[k]) * leveled((f32(4 * lane + k) + 0.5) / BINS, levels); }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane > 0) { return; }
  var total = 0.0;
  for (var i = 0u; i < LANES; i++) { total += sums[i]; }
  found[0] = levels.x;
  found[1] = levels.y;
  found[2] = levels.z;
  found[3] = total / f32(all);
}
