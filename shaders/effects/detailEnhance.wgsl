// Detail manipulation in CIE L*a*b*: L' = base + boost (L - base), a and b unchanged.
// Reads: source (rgb sRGB code values), base (smoothed lightness L / 100, r32float). Writes: output rgba8unorm, alpha 1.
// Source: E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 7 (detail manipulation); OpenCV's detailEnhance.
import package::lib::cielab::{ fromCielab, toCielab };

struct Params { boost: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var base: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = toCielab(textureLoad(source, id.xy, 0).rgb);
  let smoothed = 100 * textureLoad(base, id.xy, 0).r;
  let enhanced = smoothed + params.boost * (lab.x - smoothed);
  textureStore(output, id.xy, vec4f(fromCielab(vec3f(enhanced, lab.yz)), 1));
}
