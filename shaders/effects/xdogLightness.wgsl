// Lightness of each pixel: out = L* of CIE.
// Reads: source (rgb sRGB code values). Writes: output rgba16float, L* in [0, 100] as r + g; b 0, a 1.
// Source: CIE 15.
import package::lib::halves::halvesOf;
import package::lib::tones::lightnessOf;

@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(halvesOf(100 * lightnessOf(textureLoad(source, id.xy, 0).rgb)), 0, 1));
}
