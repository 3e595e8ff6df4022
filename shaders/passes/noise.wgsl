// Four noises side by side, each the weighted sum of two fractal ones: channel = sum weight fbm(p, scale, seed, octaves, gain).
// Writes: output rgba8unorm, [0, 1].
// Source: lib/noise.
import package::lib::noise::{ fbm, valueNoise };

// Two terms a channel. `shapes`: scale in px, octaves, gain, weight. `texel`: px per texel.
struct Params { texel: f32, shapes: array<vec4f, 8>, seeds: array<vec4u, 2> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;

fn term(p: vec2f, i: u32) -> f32 {
  let shape = params.shapes[i];
  let seed = params.seeds[i >> 2u][i & 3u];
  if (shape.w == 0) { return 0; }
  if (shape.y == 0) { return shape.w * valueNoise(p / shape.x, seed); }
  return shape.w * fbm(p, shape.x, seed, i32(shape.y), shape.z);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = (vec2f(id.xy) + 0.5) * params.texel - 0.5;
  var value = vec4f(0);
  for (var channel = 0u; channel < 4; channel++) { value[channel] = term(p, 2 * channel) + term(p, 2 * channel + 1); }
  textureStore(output, id.xy, value);
}
