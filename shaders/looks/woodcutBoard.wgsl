// The board and the hand of a woodcut, which do not depend on the picture: r how the gouge wavers, fbm of 9 units, [0, 1]; g where the grain of the board takes no ink.
// Writes: output rgba8unorm; b 0, a 1.
// Source: ours; noises of shaders/lib/noise.wgsl, stretched along the fibres and bent by a slow wave.
import package::lib::noise::{ fractal, valueNoise };

// `unit`: of a drawing, in px.
struct Params { unit: f32, seed: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;

// Lengths in units.
const WAVER = 9.0;
const FIBRE = vec2f(60, 1.3);
const BEND = 3.0;
const BEND_LENGTH = 50.0;
const SPECK = 1.1;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy) / params.unit;
  let waver = fractal(p / WAVER, params.seed + 5u, 2, 0.5);
  let bend = BEND * valueNoise(p / BEND_LENGTH, params.seed + 8u);
  let fibre = valueNoise(vec2f(p.x, p.y + bend) / FIBRE, params.seed + 9u);
  let speck = valueNoise(p / SPECK, params.seed + 10u);
  textureStore(output, id.xy, vec4f(waver, smoothstep(0.78, 0.9, 0.62 * fibre + 0.45 * speck), 0, 1));
}
