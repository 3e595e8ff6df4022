// Joint bilateral upsampling: a picture that was painted small, enlarged along the edges of the picture it was painted from.
// out(p) = sum f_i (g_i + FLOOR) painted_i / sum f_i (g_i + FLOOR) over the 3 x 3 small texels about p; f the quadratic B-spline of the distance,
// g_i = exp(-|guide(p) - smallGuide_i|^2 / (2 sigma^2)).
// Reads: painted (rgb of any range), smallGuide (rgb sRGB code values) of equal size, guide (likewise), of any larger size. Writes: output rgba8unorm of the size of guide, alpha 1.
// Source: J. Kopf, M. F. Cohen, D. Lischinski and M. Uyttendaele, "Joint Bilateral Upsampling", 2007, section 3; its f is a Gaussian of sigma 0.5, as is the spline nearly.
import package::lib::resample::texelAt;

struct Params { sigma: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var painted: texture_2d<f32>;
@group(0) @binding(2) var smallGuide: texture_2d<f32>;
@group(0) @binding(3) var guide: texture_2d<f32>;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

// What a texel counts whose colour is quite another: where all are so, as at a line that is too thin for the small picture, their mean is shown.
const FLOOR = 0.01;

// Of texels -1, 0 and 1 from the one that p lies in, `t` from its middle, in [-0.5, 0.5].
fn spline(t: f32) -> vec3f {
  return vec3f(0.5 * (0.5 - t) * (0.5 - t), 0.75 - t * t, 0.5 * (0.5 + t) * (0.5 + t));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let at = (vec2f(id.xy) + 0.5) * vec2f(textureDimensions(painted)) / vec2f(size);
  let middle = floor(at);
  let columns = spline(at.x - middle.x - 0.5);
  let rows = spline(at.y - middle.y - 0.5);
  let own = textureLoad(guide, id.xy, 0).rgb;
  let falloff = -0.5 / (params.sigma * params.sigma);
  var sum = vec4f(0);
  for (var y = 0; y < 3; y++) {
    for (var x = 0; x < 3; x++) {
      let tap = vec2i(middle) + vec2i(x, y) - 1;
      let difference = texelAt(smallGuide, tap).rgb - own;
      let weight = columns[x] * rows[y] * (exp(falloff * dot(difference, difference)) + FLOOR);
      sum += weight * vec4f(texelAt(painted, tap).rgb, 1);
    }
  }
  textureStore(output, id.xy, vec4f(sum.rgb / sum.a, 1));
}
