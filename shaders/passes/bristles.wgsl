// The trace of a brush: line integral of the sheet's noise along the flow, height = body spread (mean along the tangent - 1/2).
// Where the picture has no direction the hand rests at one of its own. Fat lights and lean darks, the old rule, and thin paint where a fine
// brush had to work: relief on a face reads as a scar.
// Reads: source (rgb sRGB code values), tensor (passes/structureTensor, times 256), sheet (passes/paper, r). Writes: output r32float, about [-0.5, 0.5].
// Source: B. Cabral and L. Leedom, "Imaging vector fields using line integral convolution", 1993; J. E. Kyprianidis and H. Kang, "Image and video abstraction by coherence-enhancing filtering", 2011.
import package::lib::color::luminance;
import package::lib::structureTensor::eigenvalueDifference;

struct Params { sigma: f32, stride: f32, tensorTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var tensor: texture_2d<f32>;
@group(0) @binding(3) var sheet: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<r32float, write>;

// Weight of the resting hand, 3e-4 of a unit gradient, in the tensor's scale: edges do not notice it, skies follow it.
const REST_WEIGHT = 3e-4 * 256;
// Its direction rises to the right, and swings with the clouds of the sheet.
const REST_ANGLE = -0.7;
const REST_SWING = 2.0;
// Undoes what averaging along the flow takes from the noise.
const SPREAD = 3.0;

// Mean squared gradient, in the tensor's scale, from which on detail counts as fine, and at which it is nothing else.
const FINE_FROM = 1e-3 * 256;
const FINE_TO = 1.5e-2 * 256;
const THINNEST = 0.3;

fn tensorAt(p: vec2f) -> vec3f {
  return textureSampleLevel(tensor, bilinear, p / (params.tensorTexel * vec2f(textureDimensions(tensor))), 0).rgb;
}

fn tangentAt(p: vec2f, resting: f32) -> vec2f {
  let n = vec2f(-sin(resting), cos(resting));
  let efg = tensorAt(p) + REST_WEIGHT * vec3f(n.x * n.x, n.x * n.y, n.y * n.y);
  // The half-angle formulas, because an atan2 a tap is dear.
  let cosine = (efg.x - efg.z) / max(eigenvalueDifference(efg), 1e-12);
  let half = sqrt(max(vec2f(1 - cosine, 1 + cosine) * 0.5, vec2f(0)));
  return vec2f(select(-half.x, half.x, efg.y < 0), half.y);
}

fn body(p: vec2u) -> f32 {
  let efg = tensorAt(vec2f(p) + 0.5);
  let thin = mix(1, THINNEST, smoothstep(FINE_FROM, FINE_TO, efg.x + efg.z));
  return thin * (0.3 + 0.7 * luminance(textureLoad(source, p, 0).rgb));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let start = vec2f(id.xy) + 0.5;
  let here = textureLoad(sheet, id.xy, 0);
  let resting = REST_ANGLE + REST_SWING * (here.g - 0.5);
  let texel = 1 / vec2f(textureDimensions(sheet));
  let steps = i32(ceil(2 * params.sigma / params.stride));
  var sum = here.r;
  var norm = 1.0;
  for (var side = -1.0; side <= 1; side += 2) {
    var p = start;
    var heading = side * tangentAt(start, resting);
    for (var i = 1; i <= steps; i++) {
      p += params.stride * heading;
      let distance = f32(i) * params.stride / params.sigma;
      let weight = exp(-0.5 * distance * distance);
      sum += weight * textureSampleLevel(sheet, bilinear, p * texel, 0).r;
      norm += weight;
      let tangent = tangentAt(p, resting);
      heading = select(tangent, -tangent, dot(tangent, heading) < 0);
    }
  }
  textureStore(output, id.xy, vec4f(body(id.xy) * SPREAD * (sum / norm - 0.5), 0, 0, 1));
}
