// Shows lines that follow a flow: (cos phase, |sin phase|) from [-1, 1] to [0, 1], and their coverage where they take `duty` of the period.
import package::lib::flowPhase::{ flowPhase, lineNormal };
import package::lib::phasor::TURN;
import package::lib::lineCover::lineCover;

struct Params { turn: vec2f, period: f32, texel: f32, duty: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var grid: texture_2d<f32>;
@group(0) @binding(2) var tensor: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let at = (vec2f(id.xy) + 0.5) / (params.texel * vec2f(textureDimensions(tensor)));
  let normal = lineNormal(textureSampleLevel(tensor, bilinear, at, 0).rgb, params.turn);
  let phase = flowPhase(grid, vec2f(id.xy), normal, params.period);
  textureStore(output, id.xy, vec4f(0.5 + 0.5 * vec2f(cos(phase), abs(sin(phase))), lineCover(phase, TURN / params.period, params.duty), 1));
}
