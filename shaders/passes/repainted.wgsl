// Where a painting has changed by more than strokes flicker: saturate(gain * (|mean of now - before| - floor)) over 5x5 texels, before taken where the place was.
// Reads: now, before (rgb of the painting, reduced to texels of `texel` px), motion (texels of `cell` px). Writes: output rgba16float, the share in [0, 1] in all channels.
// Source: as shaders/passes/motion.wgsl.
import package::lib::enlarge::coarseUv;

struct Params { texel: f32, cell: f32, floor: f32, gain: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var now: texture_2d<f32>;
@group(0) @binding(2) var before: texture_2d<f32>;
@group(0) @binding(3) var motion: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba16float, write>;

const RADIUS = 2;
const BINOMIAL = array<f32, 3>(6.0 / 16, 4.0 / 16, 1.0 / 16);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let size = vec2i(textureDimensions(now));
  let shift = textureSampleLevel(motion, bilinear, coarseUv((vec2f(id.xy) + 0.5) * params.texel, params.cell, textureDimensions(motion)), 0).xy / params.texel;
  var sum = vec3f(0);
  for (var y = -RADIUS; y <= RADIUS; y++) {
    for (var x = -RADIUS; x <= RADIUS; x++) {
      let q = clamp(vec2i(id.xy) + vec2i(x, y), vec2i(0), size - 1);
      let was = textureSampleLevel(before, bilinear, (vec2f(q) + 0.5 - shift) / vec2f(size), 0).rgb;
      sum += BINOMIAL[abs(x)] * BINOMIAL[abs(y)] * (textureLoad(now, q, 0).rgb - was);
    }
  }
  textureStore(output, id.xy, vec4f(saturate(params.gain * (length(sum) - params.floor))));
}
