// Mean of a picture over a rectangle, each texel weighted by its covered area and its alpha; the rectangle is at least one texel
// wide, so the same function copies at 1:1, interpolates when enlarging and averages when reducing.
// Reads: color (rgb) and alpha (a) of equal size, clamped at the edge. Returns straight rgb and mean alpha, rgb 0 where alpha is 0.
// Source: area averaging, as in any text on sampling.

// Keeps a rectangle that ends on a texel border from touching the next texel through rounding.
const BORDER_SLACK = 1e-4;

fn areaMean(color: texture_2d<f32>, alpha: texture_2d<f32>, center: vec2f, extent: vec2f) -> vec4f {
  let reach = max(extent, vec2f(1)) * 0.5;
  let low = center - reach;
  let high = center + reach;
  let first = vec2i(floor(low + BORDER_SLACK));
  let end = vec2i(ceil(high - BORDER_SLACK));
  var sum = vec4f(0);
  var area = 0.0;
  for (var y = first.y; y < end.y; y++) {
    let rows = min(f32(y + 1), high.y) - max(f32(y), low.y);
    for (var x = first.x; x < end.x; x++) {
      let covered = rows * (min(f32(x + 1), high.x) - max(f32(x), low.x));
      let a = texelAt(alpha, vec2i(x, y)).a;
      sum += vec4f(texelAt(color, vec2i(x, y)).rgb * a, a) * covered;
      area += covered;
    }
  }
  return vec4f(sum.rgb / max(sum.a, 1e-12), sum.a / area);
}

// As areaMean, of a video frame, whose texels come premultiplied.
fn videoMean(frame: texture_external, center: vec2f, extent: vec2f) -> vec4f {
  let reach = max(extent, vec2f(1)) * 0.5;
  let low = center - reach;
  let high = center + reach;
  let first = vec2i(floor(low + BORDER_SLACK));
  let end = vec2i(ceil(high - BORDER_SLACK));
  let last = vec2i(textureDimensions(frame)) - 1;
  var sum = vec4f(0);
  var area = 0.0;
  for (var y = first.y; y < end.y; y++) {
    let rows = min(f32(y + 1), high.y) - max(f32(y), low.y);
    for (var x = first.x; x < end.x; x++) {
      let covered = rows * (min(f32(x + 1), high.x) - max(f32(x), low.x));
      sum += textureLoad(frame, clamp(vec2i(x, y), vec2i(0), last)) * covered;
      area += covered;
    }
  }
  return vec4f(sum.rgb / max(sum.a, 1e-12), sum.a / area);
}

// The texel, clamped at the edge, with 0 for what is not finite: a float texture can hold NaN and infinities.
fn texelAt(picture: texture_2d<f32>, at: vec2i) -> vec4f {
  let value = textureLoad(picture, clamp(at, vec2i(0), vec2i(textureDimensions(picture)) - 1), 0);
  // Compilers may fold `x != x`, so the exponent bits are asked.
  let exponent = bitcast<vec4u>(value) & vec4u(0x7f800000u);
  return select(value, vec4f(0), exponent == vec4u(0x7f800000u));
}
