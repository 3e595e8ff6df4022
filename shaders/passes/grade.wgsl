// Colour grade in OKLab: L += 4 contrast L (1 - L) (L - pivot); chroma *= 1 + (color - 1) exp(-(chroma / knee)^2).
// Reads: source (rgb sRGB code values). Writes: output rgba8unorm, alpha 1.
// Source: B. Ottosson, "A perceptual color space for image processing", 2020; the curves are ours.
import package::lib::color::{ fromOklab, toOklab };

struct Params { contrast: f32, color: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

// The lightness that stays: dark, because the shadows of a photograph carry more of its picture than the lights.
const PIVOT = 0.36;
// Chroma above which a colour counts as vivid and gains no more: a stronger one would leave the gamut.
const KNEE = 0.2;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  var lab = toOklab(textureLoad(source, id.xy, 0).rgb);
  let dullness = exp(-dot(lab.yz, lab.yz) / (KNEE * KNEE));
  lab = vec3f(lab.x + 4 * params.contrast * lab.x * (1 - lab.x) * (lab.x - PIVOT), lab.yz * (1 + (params.color - 1) * dullness));
  textureStore(output, id.xy, vec4f(fromOklab(lab), 1));
}
