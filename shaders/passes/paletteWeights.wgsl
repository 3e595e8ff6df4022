// How much each sample counts: w = alpha max(1, samples in its bin)^-accents, divided by the mean of all, so that rare colours have a say.
// Reads: bins (paletteSamples). Writes: samples, alpha replaced by w.
// Source: none; a histogram of colours whose counts are raised to a power.
import package::lib::palette::binOf;

struct Params { samples: u32, accents: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> bins: array<u32>;
@group(0) @binding(2) var<storage, read_write> samples: array<vec4f>;

const LANES = 128u;

var<workgroup> sums: array<f32, LANES>;

@compute @workgroup_size(128)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var i = lane; i < params.samples; i += LANES) {
    let weight = samples[i].w * pow(max(f32(bins[binOf(samples[i].xyz)]) / 255, 1), -params.accents);
    samples[i].w = weight;
    sum += weight;
  }
  sums[lane] = sum;
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < LANES; i++) { total += sums[i]; }
  let gain = f32(params.samples) / max(total, 1e-6);
  for (var i = lane; i < params.samples; i += LANES) { samples[i].w *= gain; }
}
