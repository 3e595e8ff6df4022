// Counts a tone of a picture in 256 bins, every `stride`-th pixel of each row and column.
// Reads: source (rgb sRGB code values; or any texture whose r is the tone). Writes: histogram, counts by tone in [0, 1], added to what is there.
// Source: none.
import package::lib::tones::toneOf;

struct Params { stride: u32, tone: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read_write> histogram: array<atomic<u32>>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(source);
  if (any(id.xy * params.stride >= size)) { return; }
  let middle = min(id.xy * params.stride + params.stride / 2, size - 1);
  let tone = toneOf(textureLoad(source, middle, 0).rgb, params.tone);
  atomicAdd(&histogram[u32(clamp(tone * 256, 0, 255))], 1u);
}
