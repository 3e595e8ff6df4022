// A toned ground with a hint of the picture on it: mix(tone, blurred, hint).
// Reads: blurred (rgb sRGB code values, texels of blurredTexel px). Writes: output rgba8unorm, alpha 1.
// Source: none; painters' practice.
import package::lib::enlarge::enlarged;

struct Params { tone: vec3f, hint: f32, blurredTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var blurred: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(mix(params.tone, enlarged(blurred, id.xy, params.blurredTexel).rgb, params.hint), 1));
}
