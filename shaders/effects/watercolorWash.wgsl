// Pigment on paper: out = C^d, with C the wash whose colour has bled over its contours, and the density
// d = 1 + flow + clumps + granulation + wet edge. The wet edge is the dark side of a contour, max(0, G * L - L): pigment dries there.
// Reads: wash (OKLab, passes/wash), sheet (passes/paper). Writes: output rgba8unorm (rgb sRGB code values), alpha 1.
// Source: A. Bousseau et al., "Interactive watercolor rendering with temporal coherence and abstraction", 2006, section 3.2.
import package::lib::color::fromOklab;

struct Params { bleed: f32, rim: f32, edge: f32, granulation: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var wash: texture_2d<f32>;
@group(0) @binding(2) var sheet: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

// Samples of a Gaussian of standard deviation 1: a sunflower of equal weights, its radii at the quantiles of the Gaussian.
const TAPS = 12;
const GOLDEN = mat2x2f(-0.73736888, 0.67549029, -0.67549029, -0.73736888);

fn blurred(p: vec2f, sigma: f32) -> vec3f {
  let texel = 1 / vec2f(textureDimensions(wash));
  var direction = vec2f(1, 0);
  var sum = vec3f(0);
  for (var i = 0; i < TAPS; i++) {
    let radius = sqrt(-2 * log(1 - (f32(i) + 0.5) / f32(TAPS)));
    sum += textureSampleLevel(wash, bilinear, (p + sigma * radius * direction) * texel, 0).rgb;
    direction = GOLDEN * direction;
  }
  return sum / f32(TAPS);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy) + 0.5;
  let lab = textureLoad(wash, id.xy, 0).rgb;
  let wide = blurred(p, params.bleed);
  let narrow = blurred(p, params.rim);
  let paper = textureLoad(sheet, id.xy, 0).rgb - 0.5;

  let wetEdge = 0.6 * clamp(9 * (wide.x - lab.x), 0, 1) + 0.6 * clamp(16 * (narrow.x - lab.x), 0, 1);
  let dark = 1 - smoothstep(0, 0.55, lab.x);
  let settle = params.granulation * (1 - 0.55 * dark);
  let density = 1 + 0.8 * paper.g + settle * (0.3 * paper.b - 0.35 * paper.r) + 1.1 * params.edge * wetEdge;
  let color = clamp(fromOklab(vec3f(lab.x, mix(lab.yz, wide.yz, 0.6))), vec3f(1e-3), vec3f(1));
  // Where the photograph is nearly white the sheet stays bare; a bright yellow is as light, and is painted.
  let colorless = 1 - smoothstep(0.03, 0.1, length(lab.yz));
  let painted = 1 - 0.9 * colorless * smoothstep(0.9, 0.98, lab.x + 0.08 * paper.g);
  textureStore(output, id.xy, vec4f(1 - (1 - pow(color, vec3f(clamp(density, 0.25, 3)))) * painted, 1));
}
