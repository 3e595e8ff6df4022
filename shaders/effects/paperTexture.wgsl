// Paints the picture on a sheet: out = color * (c - (c - c^2) grain (1/2 - height)) * light. Pigment gathers in the valleys of the paper;
// the parabola leaves white and black where they are, so the tooth shows in mid-tones and lights.
// Reads: source (rgb sRGB code values), sheet (passes/paper). Writes: output rgba8unorm, alpha 1.
// Source: A. Bousseau et al., "Interactive watercolor rendering with temporal coherence and abstraction", 2006, section 3.2 (density).
struct Params { color: vec3f, grain: f32, relief: f32, clouds: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var sheet: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

fn heightAt(p: vec2i) -> f32 {
  return textureLoad(sheet, clamp(p, vec2i(0), vec2i(textureDimensions(sheet)) - 1), 0).r;
}

// How much more light than level ground a slope gets from the upper left, small angles.
const TO_LIGHT = vec2f(-0.6428, -0.7660);

fn slopeLight(p: vec2i) -> f32 {
  let dx = heightAt(p + vec2i(1, 0)) - heightAt(p - vec2i(1, 0));
  let dy = heightAt(p + vec2i(0, 1)) - heightAt(p - vec2i(0, 1));
  return -0.5 * dot(vec2f(dx, dy), TO_LIGHT);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2i(id.xy);
  let rgb = textureLoad(source, p, 0).rgb;
  let paper = textureLoad(sheet, p, 0);
  let painted = rgb - (rgb - rgb * rgb) * params.grain * (0.5 - paper.r);
  let light = 1 + params.relief * slopeLight(p) + params.clouds * (paper.g - 0.5);
  textureStore(output, id.xy, vec4f(params.color * painted * light, 1));
}
