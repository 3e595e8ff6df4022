// What a pen needs to know of a picture: how dark it is, dark = 1 - calm mix(1, dodge(calm), 0.45), and where its outlines are.
// Reads: lines, tangents (passes/lineField), blurred (r calm blurred, of any size). Writes: output rgba8unorm, r dark, g darkness of outlines, [0, 1]; b 0, a 1.
// Source: lib/lines; the mixture found by eye.
import package::lib::lines::{ dodged, lineDarkness, slopesAt };
import package::lib::tangentAt::tangentAt;

// `blurredTexel`: px per texel.
struct Params { threshold: f32, blurredTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var lines: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var blurred: texture_2d<f32>;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;
@group(0) @binding(5) var bilinear: sampler;

// Next to something lighter a tone is drawn darker, so that forms stand apart.
const LOCAL = 0.45;
// Keeps the noise of blacks from becoming texture.
const LIFT = 0.05;
// In L* units.
const SOFTNESS = 1.3;
// Of fine and broad lines.
const WEIGHTS = vec2f(0.95, 0.9);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let field = textureLoad(lines, id.xy, 0);
  let around = textureSampleLevel(blurred, bilinear, (vec2f(id.xy) + 0.5) / (params.blurredTexel * vec2f(textureDimensions(blurred))), 0).r;
  let dark = 1 - field.r * mix(1, dodged(field.r, around, LIFT), LOCAL);
  let anisotropy = tangentAt(tangents, id.xy, textureDimensions(lines)).z;
  let outline = lineDarkness(field.gb, slopesAt(lines, vec2i(id.xy)).gb, anisotropy, params.threshold, SOFTNESS, WEIGHTS);
  textureStore(output, id.xy, vec4f(dark, outline, 0, 1));
}
