// CIE lightness of each pixel, as a part of its range: L / 100.
// Reads: source (rgb sRGB code values). Writes: output r32float, in [0, 1].
// Source: CIE 15, as in shaders/lib/cielab.wgsl.
import package::lib::cielab::toCielab;

@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<r32float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(toCielab(textureLoad(source, id.xy, 0).rgb).x / 100));
}
