// out = the coverage of a halftone screen, in 16 bits: red the high byte, green the low one. The amount is the red of the source.
import package::lib::screen::{ diamondScreen, lineScreen, RIM, roundScreen, screen };
struct Params { which: u32, direction: vec2f, period: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;
fn coverage(amount: f32, p: vec2f) -> f32 {
  switch params.which {
    case 0: { return screen(amount, p, params.direction, params.period); }
    case 1: { return roundScreen(amount, p, params.direction, params.period, RIM); }
    case 2: { return diamondScreen(amount, p, params.direction, params.period); }
    default: { return lineScreen(amount, p, params.direction, params.period); }
  }
}
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let bits = u32(round(65535 * coverage(textureLoad(source, id.xy, 0).r, vec2f(id.xy))));
  textureStore(output, id.xy, vec4f(f32(bits >> 8u), f32(bits & 255u), 0, 255) / 255);
}
