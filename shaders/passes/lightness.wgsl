// Lightness of each pixel: out = L of OKLab.
// Reads: source (rgb sRGB code values). Writes: output rgba8unorm, L in r, g and b; alpha 1.
// Source: B. Ottosson, "A perceptual color space for image processing", 2020.
import package::lib::color::toOklab;

@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(vec3f(toOklab(textureLoad(source, id.xy, 0).rgb).x), 1));
}
