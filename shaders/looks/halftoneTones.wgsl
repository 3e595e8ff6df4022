// The original before it is screened: OKLab lightness leveled, chroma times a factor.
// Reads: source (rgb sRGB code values), tones (low, high and gain of passes/levels). Writes: output rgba8unorm, sRGB code values.
// Source: B. Ottosson, "A perceptual color space for image processing", 2020.
import package::lib::color::{ fromOklab, toOklab };
import package::lib::levels::leveled;

struct Params { saturation: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> tones: vec4f;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = toOklab(textureLoad(source, id.xy, 0).rgb);
  let light = leveled(lab.x, tones.xyz);
  textureStore(output, id.xy, vec4f(fromOklab(vec3f(light, params.saturation * lab.yz)), 1));
}
