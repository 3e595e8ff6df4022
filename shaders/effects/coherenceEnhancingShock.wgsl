// Shock filter along the normals of edges: where luminance bends down the lightest colour within reach, where it bends up the darkest. With the response
// s = -sum_d k(d) (L(d) + L(-d) - 2 L(0)), k = (d^2 - sigma^2) exp(-d^2 / 2 sigma^2) / (sqrt(2 pi) sigma^3), which is 0 in flat places however far it is summed.
// Reads: source (rgb sRGB code values, interpolated, clamped at the edge), tangents (passes/tangentFlow, of the same size). Writes: output rgba16float, alpha 1.
// Source: J. E. Kyprianidis and H. Kang, "Image and Video Abstraction by Coherence-Enhancing Filtering", 2011, section 3.3.
import package::lib::color::luminance;

struct Params { sigma: f32, radius: f32, threshold: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba16float, write>;

const SQRT_TAU = 2.5066282746310002;
// Beyond this many sigmas the kernel is below 1 % of what it is in the middle.
const CUT = 4.0;

fn colorAt(p: vec2f) -> vec3f {
  return textureSampleLevel(source, bilinear, p / vec2f(textureDimensions(source)), 0).rgb;
}

// Positive on the light side of an edge.
fn bendAt(p: vec2f, normal: vec2f, here: f32) -> f32 {
  let variance = params.sigma * params.sigma;
  let reach = i32(ceil(CUT * params.sigma));
  var sum = 0.0;
  for (var i = 1; i <= reach; i++) {
    let d = f32(i);
    let both = luminance(colorAt(p + d * normal)) + luminance(colorAt(p - d * normal));
    sum += (d * d - variance) * exp(-0.5 * d * d / variance) * (both - 2 * here);
  }
  return -sum / (SQRT_TAU * variance * params.sigma);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy) + 0.5;
  let tangent = textureLoad(tangents, id.xy, 0).xy;
  let normal = vec2f(-tangent.y, tangent.x);
  let own = textureLoad(source, id.xy, 0).rgb;
  let bend = bendAt(p, normal, luminance(own));
  var extreme = own;
  var best = sign(bend) * luminance(own);
  // Taps between pixels: what they win is already smooth.
  for (var d = 0.5; d < params.radius; d += 1) {
    for (var side = -1.0; side <= 1; side += 2) {
      let color = colorAt(p + side * d * normal);
      let value = sign(bend) * luminance(color);
      extreme = select(extreme, color, value > best);
      best = max(best, value);
    }
  }
  textureStore(output, id.xy, vec4f(select(own, extreme, abs(bend) >= params.threshold), 1));
}
