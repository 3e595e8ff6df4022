// A structure tensor with a resting direction: T + weight n n^T, n the normal of angle + 2 swing (fbm - 1/2).
// Reads: tensor (E, F, G times TENSOR_SCALE). Writes: output rgba16float, the same scale; a as it was.
// Source: ours; the regulariser of Tikhonov, with a direction.
import package::lib::noise::fbm;
import package::lib::structureTensor::{ QUARTER_TURN, TENSOR_SCALE };

// `origin`: of the tile in the picture; `cells`: px per cell of the noise; `texel`: px per texel.
struct Params { origin: vec2f, weight: f32, swing: f32, angle: f32, cells: f32, texel: f32, seed: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var tensor: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

// Of the noise, beside those of the looks' own.
const SEED = 900u;
const OCTAVES = 2;
const GAIN = 0.5;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let at = params.origin + (vec2f(id.xy) + 0.5) * params.texel - 0.5;
  let swing = 2 * params.swing * (fbm(at, params.cells, params.seed + SEED, OCTAVES, GAIN) - 0.5);
  let normal = params.angle + swing + QUARTER_TURN;
  let n = vec2f(cos(normal), sin(normal));
  let own = textureLoad(tensor, id.xy, 0);
  textureStore(output, id.xy, vec4f(own.rgb + TENSOR_SCALE * params.weight * vec3f(n.x * n.x, n.x * n.y, n.y * n.y), own.a));
}
