// The light of a comic at half the size: out = mean of lib/comicLight over 2x2 pixels.
// Reads: colors (OKLab, clamped at the edge), tones (low, high and gain of passes/levels). Writes: output rgba16float, [0, 1] in r; g and b 0, a 1.
// Source: none; area averaging.
import package::lib::comicLight::comicLight;

@group(0) @binding(0) var colors: texture_2d<f32>;
@group(0) @binding(1) var<storage, read> tones: vec4f;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

fn lightAt(p: vec2u) -> f32 {
  return comicLight(textureLoad(colors, min(p, textureDimensions(colors) - 1), 0).x, tones.xyz);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = 2 * id.xy;
  let mean = 0.25 * (lightAt(p) + lightAt(p + vec2u(1, 0)) + lightAt(p + vec2u(0, 1)) + lightAt(p + vec2u(1, 1)));
  textureStore(output, id.xy, vec4f(mean, 0, 0, 1));
}
