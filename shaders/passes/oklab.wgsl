// The colours of a picture in OKLab, for passes that compare or average them often.
// Reads: source (rgb sRGB code values). Writes: output rgba16float, (L in [0, 1], a and b about [-0.4, 0.4], 1).
// Source: B. Ottosson, "A perceptual color space for image processing", 2020.
import package::lib::color::toOklab;

@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(toOklab(textureLoad(source, id.xy, 0).rgb), 1));
}
