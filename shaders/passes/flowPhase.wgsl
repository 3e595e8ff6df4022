// One round in which the kernels of phasor noise agree on their phases: z = normalised(z / 2 + what its neighbours predict). At the edge there are fewer than 8: one
// repeated there would turn all phases for ever, and lines would creep. `?repeated` does, for the rounds that a picture begins with: they end.
// Reads: grid, a texel a kernel: z as cosine and sine, and the normal n. Writes: output rgba32float, the same; n as it was.
// Source: as shaders/lib/phasor.wgsl.
import package::lib::phasor::prediction;

@group(0) @binding(0) var grid: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba32float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let cell = vec2i(id.xy);
  let last = vec2i(textureDimensions(grid)) - 1;
  let own = textureLoad(grid, cell, 0);
  var sum = 0.5 * own.xy;
  for (var y = -1; y <= 1; y++) {
    for (var x = -1; x <= 1; x++) {
      let d = vec2i(x, y);
      @if(repeated) let other = clamp(cell + d, vec2i(0), last);
      @else let other = cell + d;
      if (any(d != vec2i(0)) && all(other >= vec2i(0)) && all(other <= last)) { sum += prediction(own, textureLoad(grid, other, 0), vec2f(d)); }
    }
  }
  textureStore(output, cell, vec4f(sum / max(length(sum), 1e-9), own.zw));
}
