// Anisotropic Kuwahara filter, every pixel of the ellipse: out = sum_k s_k m_k / sum_k s_k over eight sectors, s_k = 1 / (1 + (var_k / floor^2)^(q/2)).
// Reads: source (rgb sRGB code values, clamped at the edge), tensor (E, F, G of any scale, a: factor on the radius). Writes: output rgba8unorm, alpha 1.
// Source: J. E. Kyprianidis, A. Semmo, H. Kang, J. Doellner, "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010.
import package::lib::kuwahara::CENTER;
import package::lib::kuwahara::ellipseAt;
import package::lib::enlarge::enlarged;
import package::lib::kuwahara::sectorWeights;
import package::lib::kuwahara::mixSectors;

// `tensorTexel`: pixels per texel of `tensor`.
struct Params { radius: f32, alpha: f32, q: f32, floor: f32, tensorTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var tensor: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// Twice the largest radius: no parameter can make the loops longer.
const MAX_REACH = 64.0;
// Pixels exactly on the rim count; rounding must not lose them.
const RIM = 1.00001;

// (rgb, |rgb|^2) about CENTER.
fn moments(at: vec2i, end: vec2i) -> vec4f {
  let color = textureLoad(source, clamp(at, vec2i(0), end), 0).rgb - CENTER;
  return vec4f(color, dot(color, color));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2i(id.xy);
  let end = vec2i(textureDimensions(source)) - 1;
  let ellipse = ellipseAt(enlarged(tensor, id.xy, params.tensorTexel), params.radius, params.alpha);
  // Offset to unit disc: rows along the axes, each divided by its squared length.
  let toMajor = ellipse.major / dot(ellipse.major, ellipse.major);
  let toMinor = ellipse.minor / dot(ellipse.minor, ellipse.minor);
  // |v|^2 <= 1 is aa x^2 + 2 ab x y + bb y^2 <= 1: each row of the ellipse is an interval of x.
  let aa = toMajor.x * toMajor.x + toMinor.x * toMinor.x;
  let ab = toMajor.x * toMajor.y + toMinor.x * toMinor.y;
  let bb = toMajor.y * toMajor.y + toMinor.y * toMinor.y;
  let flat = bb - ab * ab / aa;
  let rows = min(MAX_REACH, floor(sqrt(RIM / flat)));

  let own = moments(p, end) / 8;
  var m0 = own;
  var m1 = own;
  var m2 = own;
  var m3 = own;
  var m4 = own;
  var m5 = own;
  var m6 = own;
  var m7 = own;
  // A sector and its opposite have the same weight in total.
  var total = vec4f(1.0 / 8.0);

  // Half of the ellipse; the other half is the same points mirrored at p.
  for (var y = 0.0; y <= rows; y += 1) {
    let middle = -ab * y / aa;
    let half = sqrt(max(0, (RIM - flat * y * y) / aa));
    let first = select(max(-MAX_REACH, ceil(middle - half)), 1, y == 0);
    let last = min(MAX_REACH, floor(middle + half));
    for (var x = first; x <= last; x += 1) {
      let offset = vec2f(x, y);
      let w = sectorWeights(vec2f(dot(toMajor, offset), dot(toMinor, offset)));
      let step = vec2i(offset);
      let a = moments(p + step, end);
      let b = moments(p - step, end);
      total += w.front + w.back;
      m0 += w.front.x * a + w.back.x * b;
      m1 += w.front.y * a + w.back.y * b;
      m2 += w.front.z * a + w.back.z * b;
      m3 += w.front.w * a + w.back.w * b;
      m4 += w.back.x * a + w.front.x * b;
      m5 += w.back.y * a + w.front.y * b;
      m6 += w.back.z * a + w.front.z * b;
      m7 += w.back.w * a + w.front.w * b;
    }
  }
  let sectors = array<vec4f, 8>(m0 / total.x, m1 / total.y, m2 / total.z, m3 / total.w, m4 / total.x, m5 / total.y, m6 / total.z, m7 / total.w);
  textureStore(output, id.xy, vec4f(mixSectors(sectors, params.q, params.floor), 1));
}
