// A cartoon out of flat colours and line responses: L of OKLab in soft steps, harder where the colours change, and ink where D < -threshold, as dark as tanh(phi (-D - threshold)).
// Reads: colors (OKLab), lines (r, D: difference of Gaussians of L in L* units, negative on dark lines). Writes: output rgba8unorm, sRGB code values, alpha 1.
// Source: H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006. That no ramp is steeper than pixels can show is ours.
import package::lib::color::fromOklab;
import package::lib::lines::slopesAt;
import package::lib::softQuantise::{ softQuantised, steepnessAt };
import package::lib::xdog::softThreshold;

// `steepness` of the steps in flat places and at edges, which are steep over `unit` px; `lines`: how dark the ink is.
struct Params { bins: f32, unit: f32, steepness: vec2f, saturation: f32, lines: f32, threshold: f32, phi: f32, ink: vec3f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var colors: texture_2d<f32>;
@group(0) @binding(2) var lines: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = textureLoad(colors, id.xy, 0).xyz;
  let steepness = steepnessAt(slopesAt(colors, vec2i(id.xy)).x, params.unit, params.bins, params.steepness);
  let lightness = softQuantised(params.bins * lab.x, steepness) / params.bins;
  let color = saturate(fromOklab(vec3f(lightness, params.saturation * lab.yz)));
  let paper = softThreshold(textureLoad(lines, id.xy, 0).r, -params.threshold, params.phi, slopesAt(lines, vec2i(id.xy)).r);
  textureStore(output, id.xy, vec4f(mix(color, params.ink, params.lines * (1 - paper)), 1));
}
