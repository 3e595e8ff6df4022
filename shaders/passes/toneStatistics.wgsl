// What a histogram says: low = min(2 % percentile, darkest), high = max(98 %, lightest), and the mean of the tones stretched between them.
// Reads: histogram (256 counts of lightness in [0, 1]). Writes: statistics: low, high, mean.
// Source: none; percentiles are interpolated in their bin.
import package::lib::toneStretch::toneStretched;

struct Params { darkest: f32, lightest: f32, share: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> histogram: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> statistics: array<f32>;

const TAIL = 0.02;
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
  let ranks = array<f32, 2>(TAIL * f32(all), (1 - TAIL) * f32(all));
  var rank = f32(before);
  for (var k = 0u; k < 4; k++) {
    let count = f32(own[k]);
    for (var end = 0; end < 2; end++) {
      if (ranks[end] >= rank && ranks[end] < rank + count) { percentiles[end] = (f32(4 * lane + k) + (ranks[end] - rank) / count) / BINS; }
    }
    rank += count;
  }
  workgroupBarrier();
  let low = min(percentiles[0], params.darkest);
  let high = max(percentiles[1], params.lightest);
  var sum = 0.0;
  for (var k = 0u; k < 4; k++) { sum += f32(own[k]) * toneStretched((f32(4 * lane + k) + 0.5) / BINS, low, high, params.share); }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane > 0) { return; }
  var total = 0.0;
  for (var i = 0u; i < LANES; i++) { total += sums[i]; }
  statistics[0] = low;
  statistics[1] = high;
  statistics[2] = total / f32(all);
}
