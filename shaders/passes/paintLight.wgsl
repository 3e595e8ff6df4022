// Lights paint by its height, in OKLab: L (1 + depth (n.l / l.z - 1)) + glint clamp((n.h)^40 - 0.35, 0, 1), n = (-gain dH/dx, -gain dH/dy, 1) by central differences.
// Reads: canvas (rgb sRGB code values), height (r, clamped at the edge). Writes: output rgba8unorm, alpha 1.
// Source: A. Hertzmann, "Fast Paint Texture", 2002.
import package::lib::color::{ fromOklab, toOklab };

struct Params { gain: f32, depth: f32, glint: f32, light: vec3f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var canvas: texture_2d<f32>;
@group(0) @binding(2) var height: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

const SHARPNESS = 40.0;
// Below this the glint of gentle slopes would be a veil.
const LEAST_GLINT = 0.35;

fn heightAt(p: vec2i) -> f32 {
  return textureLoad(height, clamp(p, vec2i(0), vec2i(textureDimensions(height)) - 1), 0).r;
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2i(id.xy);
  let slope = 0.5 * params.gain * vec2f(heightAt(p + vec2i(1, 0)) - heightAt(p - vec2i(1, 0)), heightAt(p + vec2i(0, 1)) - heightAt(p - vec2i(0, 1)));
  let normal = normalize(vec3f(-slope, 1));
  let diffuse = dot(normal, params.light) / params.light.z;
  let towards = max(0, dot(normal, normalize(params.light + vec3f(0, 0, 1))));
  let lab = toOklab(textureLoad(canvas, p, 0).rgb);
  let lit = lab.x * (1 + params.depth * (diffuse - 1)) + params.glint * saturate(pow(towards, SHARPNESS) - LEAST_GLINT);
  textureStore(output, id.xy, vec4f(fromOklab(vec3f(lit, lab.yz)), 1));
}
