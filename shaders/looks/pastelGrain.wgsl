// The tooth of the paper in finished chalk: L += 0.06 strength (1/2 - even) in OKLab, so that hollows, which hold less, stay darker.
// Reads: canvas (rgb sRGB code values), tooth (g the even noise, in [0, 1]). Writes: output rgba8unorm, sRGB code values.
// Source: none; the amount found by eye.
import package::lib::color::{ fromOklab, toOklab };

struct Params { strength: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var canvas: texture_2d<f32>;
@group(0) @binding(2) var tooth: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

const GRAIN = 0.06;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = toOklab(textureLoad(canvas, id.xy, 0).rgb);
  let lightness = lab.x + GRAIN * params.strength * (0.5 - textureLoad(tooth, id.xy, 0).g);
  textureStore(output, id.xy, vec4f(fromOklab(vec3f(lightness, lab.yz)), 1));
}
