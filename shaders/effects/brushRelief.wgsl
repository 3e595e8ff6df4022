// Light on paint: L *= 1 + 0.24 (n.l / l.z - 1), L += streaks * height + shine (n.h)^40, with n the normal of a height field; hue does not shift.
// Reads: source (rgb sRGB code values), height (r32float, passes/bristles). Writes: output rgba8unorm, alpha 1.
// Source: J. F. Blinn, "Models of light reflection for computer synthesized pictures", 1977.
import package::lib::color::{ fromOklab, toOklab };

struct Params { gain: f32, shine: f32, streaks: f32, light: vec3f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var height: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

const DEPTH = 0.24;
const GLOSS = 40.0;
// A level surface does not glint: what it would is taken off.
const LEVEL_GLINT = 0.35;

fn heightAt(p: vec2i) -> f32 {
  return textureLoad(height, clamp(p, vec2i(0), vec2i(textureDimensions(height)) - 1), 0).r;
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2i(id.xy);
  let slope = 0.5 * vec2f(heightAt(p + vec2i(1, 0)) - heightAt(p - vec2i(1, 0)), heightAt(p + vec2i(0, 1)) - heightAt(p - vec2i(0, 1)));
  let normal = normalize(vec3f(-params.gain * slope, 1));
  let diffuse = dot(normal, params.light) / params.light.z;
  let glint = pow(max(dot(normal, normalize(params.light + vec3f(0, 0, 1))), 0), GLOSS);
  var lab = toOklab(textureLoad(source, p, 0).rgb);
  lab.x = lab.x * (1 + DEPTH * (diffuse - 1) + params.streaks * heightAt(p)) + params.shine * max(glint - LEVEL_GLINT, 0);
  textureStore(output, id.xy, vec4f(fromOklab(lab), 1));
}
