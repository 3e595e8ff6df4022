// Anisotropic Kuwahara filter, what its kernels share: the ellipse of a pixel, and the mix of the eight sectors.
// Reads and returns: sRGB code values minus CENTER, so that a variance is no difference of large numbers.
// Source: J. E. Kyprianidis, H. Kang, J. Doellner, "Image and Video Abstraction by Anisotropic Kuwahara Filtering", 2009; the same and A. Semmo, "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010.
import package::lib::structureTensor::tangentAngle;
import package::lib::structureTensor::anisotropy;

const CENTER = 0.5;

struct Ellipse {
  // The half axes as vectors in px: `major` along the edge.
  major: vec2f,
  minor: vec2f,
}

// In px; where the factor on the radius is 0 the ellipse holds its own pixel only, and divisions by its axes stay finite.
const LEAST_RADIUS = 0.01;

// Half axes r * (alpha + A) / alpha and r * alpha / (alpha + A), each limited to [0.1, 2] r. `flow` is (E, F, G, r / maximum).
fn ellipseAt(flow: vec4f, maximum: f32, alpha: f32) -> Ellipse {
  let angle = tangentAngle(flow.rgb);
  let tangent = vec2f(cos(angle), sin(angle));
  let stretch = (alpha + anisotropy(flow.rgb)) / alpha;
  let radius = max(LEAST_RADIUS, maximum * flow.a);
  return Ellipse(radius * clamp(stretch, 0.1, 2) * tangent, radius * clamp(1 / stretch, 0.1, 2) * vec2f(-tangent.y, tangent.x));
}

// Variance of a sector over rgb, in units of floor^2. The sector is (mean rgb, mean of |rgb|^2).
fn varianceOf(sector: vec4f, perFloor: f32) -> f32 {
  return max(0, sector.a - dot(sector.rgb, sector.rgb)) * perFloor;
}

// Beyond this ratio a sector has lost: keeps the power finite.
const MAX_RATIO = 100.0;
const MIN_RATIO = 1e-4;

// In proportion to 1 / (1 + x^(q/2)), divided by its value at `least` where that is above 1: busy places would underflow to 0 / 0.
fn scoreOf(x: f32, least: f32, halfQ: f32) -> f32 {
  return 1 / (pow(1 / least, halfQ) + pow(clamp(x / least, MIN_RATIO, MAX_RATIO), halfQ));
}

// The colour: mean of the sectors' means, each weighted by 1 / (1 + (variance / floor^2)^(q/2)).
fn mixSectors(sectors: array<vec4f, 8>, q: f32, floor: f32) -> vec3f {
  let perFloor = 1 / (floor * floor);
  let x0 = varianceOf(sectors[0], perFloor);
  let x1 = varianceOf(sectors[1], perFloor);
  let x2 = varianceOf(sectors[2], perFloor);
  let x3 = varianceOf(sectors[3], perFloor);
  let x4 = varianceOf(sectors[4], perFloor);
  let x5 = varianceOf(sectors[5], perFloor);
  let x6 = varianceOf(sectors[6], perFloor);
  let x7 = varianceOf(sectors[7], perFloor);
  let least = max(1, min(min(min(x0, x1), min(x2, x3)), min(min(x4, x5), min(x6, x7))));
  let halfQ = 0.5 * q;
  var sum = vec4f(0);
  sum += scoreOf(x0, least, halfQ) * vec4f(sectors[0].rgb, 1);
  sum += scoreOf(x1, least, halfQ) * vec4f(sectors[1].rgb, 1);
  sum += scoreOf(x2, least, halfQ) * vec4f(sectors[2].rgb, 1);
  sum += scoreOf(x3, least, halfQ) * vec4f(sectors[3].rgb, 1);
  sum += scoreOf(x4, least, halfQ) * vec4f(sectors[4].rgb, 1);
  sum += scoreOf(x5, least, halfQ) * vec4f(sectors[5].rgb, 1);
  sum += scoreOf(x6, least, halfQ) * vec4f(sectors[6].rgb, 1);
  sum += scoreOf(x7, least, halfQ) * vec4f(sectors[7].rgb, 1);
  return sum.rgb / sum.a + CENTER;
}

// The sector weights at points of the unit disc and at the points opposite: a sector and its opposite share their perpendicular.
struct SectorWeights {
  // Sectors 0 to 3 at v, which are sectors 4 to 7 at -v.
  front: vec4f,
  // Sectors 4 to 7 at v, which are sectors 0 to 3 at -v.
  back: vec4f,
}

const ZETA = 1.0 / 3.0;
// (ZETA + cos g) / sin^2 g with g = 3 pi / 16.
const ETA = 3.7737621;
// exp(-RADIAL r^2): sigma 0.4 on the unit disc.
const RADIAL = 3.125;
const SQRT_HALF = 0.7071067811865476;

// max(0, x + ZETA - ETA y^2)^2 along the axis of each sector, at multiples of 45 degrees; the eight sum to exp(-RADIAL |v|^2).
fn sectorWeights(v: vec2f) -> SectorWeights {
  let d = SQRT_HALF * (v.x + v.y);
  let e = SQRT_HALF * (v.y - v.x);
  let along = vec4f(v.x, d, v.y, e);
  let across = vec4f(v.y, e, v.x, d);
  let base = ZETA - ETA * across * across;
  let front = max(vec4f(0), base + along);
  let back = max(vec4f(0), base - along);
  let front2 = front * front;
  let back2 = back * back;
  let scale = exp(-RADIAL * dot(v, v)) / dot(front2 + back2, vec4f(1));
  return SectorWeights(front2 * scale, back2 * scale);
}
