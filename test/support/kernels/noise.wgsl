// out.rgb = the 24 bits of a noise at (x, y), each byte a code value: 0 pcg(x), 1 hash01, 2 valueNoise(at / 4), 3 fbm
import package::lib::noise::{ fbm, hash01, pcg, valueNoise };
struct Params { which: i32, origin: vec2i, seed: u32, scale: f32, octaves: i32, gain: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

const CELL = 4.0;

fn bits(at: vec2i) -> u32 {
  if (params.which == 0) { return pcg(u32(at.x)) >> 8u; }
  if (params.which == 1) { return u32(hash01(at.x, at.y, params.seed) * 0x1p24); }
  let noise = select(fbm(vec2f(at), params.scale, params.seed, params.octaves, params.gain), valueNoise(vec2f(at) / CELL, params.seed), params.which == 2);
  return u32(noise * 0x1p24);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let value = bits(vec2i(id.xy) + params.origin);
  textureStore(output, id.xy, vec4f(vec3f(vec3u(value >> 16u, value >> 8u, value) & vec3u(255)) / 255, 1));
}
