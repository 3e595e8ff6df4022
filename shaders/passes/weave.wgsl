// Height of a plain-weave canvas: |sin| ridges of the thread on top, slightly lower where it crosses the other, times an uneven thickness.
// Writes: output rgba8unorm, r in [0, 1], alpha 1.
// Source: ours.
import package::lib::noise::fbm;

struct Params { period: f32, seed: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;

const HALF_TURN = 3.141592653589793;
// Wandering and thickness, in threads.
const WANDER = 0.7;
const WANDER_LENGTH = 4.0;
const THICKNESS_LENGTH = 1.3;
const ACROSS_SEED = 9u;
const THICKNESS_SEED = 3u;

fn wander(p: vec2f, seed: u32) -> f32 {
  return WANDER * (fbm(p, WANDER_LENGTH * params.period, seed, 3, 0.5) - 0.5);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy);
  let thread = p / params.period + vec2f(wander(p, params.seed), wander(p, params.seed + ACROSS_SEED));
  let ridge = abs(sin(HALF_TURN * thread));
  let crossing = vec2i(floor(thread));
  let over = ((crossing.x + crossing.y) & 1) == 0;
  let height = select(ridge.y * (0.55 + 0.45 * ridge.x), ridge.x * (0.55 + 0.45 * ridge.y), over);
  let thickness = 0.8 + 0.4 * fbm(p, THICKNESS_LENGTH * params.period, params.seed + THICKNESS_SEED, 2, 0.5);
  textureStore(output, id.xy, vec4f(height * thickness, 0, 0, 1));
}
