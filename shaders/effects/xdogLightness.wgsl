// Lightness of each pixel: out = L* of CIE.
// Reads: source (rgb sRGB code values). Writes: output rgba16float, L* in r, [0, 100]; g and b 0, a 1.
// Source: CIE 15.
import package::lib::tones::lightnessOf;

@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba16float, write>;

// L* of white.
const WHITE = 100.0;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(WHITE * lightnessOf(textureLoad(source, id.xy, 0).rgb), 0, 0, 1));
}
