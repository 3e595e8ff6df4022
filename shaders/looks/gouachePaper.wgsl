// The chalky surface of dry gouache: L += paper (0.055 tooth + 0.03 clouds) in OKLab, both noises about 0.
// Reads: canvas (rgb sRGB code values), noise (g tooth, b clouds, in [0, 1]). Writes: output rgba8unorm, sRGB code values.
// Source: none; amounts found by eye.
import package::lib::color::{ fromOklab, toOklab };

struct Params { paper: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var canvas: texture_2d<f32>;
@group(0) @binding(2) var noise: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

const TOOTH = 0.055;
const CLOUDS = 0.03;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = toOklab(textureLoad(canvas, id.xy, 0).rgb);
  let height = textureLoad(noise, id.xy, 0) - 0.5;
  let lightness = lab.x + params.paper * (TOOTH * height.g + CLOUDS * height.b);
  textureStore(output, id.xy, vec4f(fromOklab(vec3f(lightness, lab.yz)), 1));
}
