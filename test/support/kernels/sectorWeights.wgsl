// Shows the sector weights at the points of a grid over [-1, 1]^2: one sector's, or the sum of the eight, as 24 bits in three bytes.
// Writes: output rgba8unorm, the first byte the highest.
// Source: none.
import package::lib::kuwahara::sectorWeights;

// `sector` 0 to 7, or SUM.
struct Params { sector: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;

const SUM = 8u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let w = sectorWeights(2 * vec2f(id.xy) / vec2f(size - 1) - 1);
  let one = select(w.back[params.sector & 3], w.front[params.sector & 3], params.sector < 4);
  let value = select(one, dot(w.front + w.back, vec4f(1)), params.sector == SUM);
  let code = u32(round(saturate(value) * 16777215));
  textureStore(output, id.xy, vec4f(vec3f((vec3u(code) >> vec3u(16, 8, 0)) & vec3u(255)) / 255, 1));
}
