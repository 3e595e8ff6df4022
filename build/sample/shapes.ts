/** Signed distances of plain bodies; negative inside. Scalars in and out, because these run a billion times. */

/** The nearer of two bodies, melted together over about `width`. */
export function meld(a: number, b: number, width: number): number {
  const overlap = Math.max(width - Math.abs(a - b), 0) / width;
  return Math.min(a, b) - overlap * overlap * width * 0.25;
}

/** What two bodies have in common, its edge rounded over about `width`. */
export function carve(a: number, b: number, width: number): number {
  return -meld(-a, -b, width);
}

export function sphere(x: number, y: number, z: number, radius: number): number {
  return Math.sqrt(x * x + y * y + z * z) - radius;
}

/** An ellipsoid of revolution about y. Exact on its surface, close nearby. */
export function spheroid(x: number, y: number, z: number, radius: number, halfHeight: number): number {
  const px = x / radius;
  const py = y / halfHeight;
  const pz = z / radius;
  const level = Math.sqrt(px * px + py * py + pz * pz);
  const gx = px / radius;
  const gy = py / halfHeight;
  const gz = pz / radius;
  const slope = Math.sqrt(gx * gx + gy * gy + gz * gz);
  return slope < 1e-6 ? -Math.min(radius, halfHeight) : (level * (level - 1)) / slope;
}

/** A box given by its half sizes, its edges rounded by `round`. */
export function roundedBox(x: number, y: number, z: number, hx: number, hy: number, hz: number, round: number): number {
  const qx = Math.abs(x) - hx + round;
  const qy = Math.abs(y) - hy + round;
  const qz = Math.abs(z) - hz + round;
  const ox = Math.max(qx, 0);
  const oy = Math.max(qy, 0);
  const oz = Math.max(qz, 0);
  return Math.sqrt(ox * ox + oy * oy + oz * oz) + Math.min(Math.max(qx, qy, qz), 0) - round;
}

/** A flat rectangle's distance in its own plane. */
export function rectangle(x: number, y: number, hx: number, hy: number, round: number): number {
  const qx = Math.abs(x) - hx + round;
  const qy = Math.abs(y) - hy + round;
  return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - round;
}

/** A lens-shaped outline in a plane: two arcs that meet in points at ±halfLength. */
export function lens(x: number, y: number, halfLength: number, halfWidth: number): number {
  const offset = (halfLength * halfLength - halfWidth * halfWidth) / (2 * halfWidth);
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  if ((ax - halfLength) * offset > ay * halfLength) return Math.sqrt((ax - halfLength) ** 2 + ay * ay);
  return Math.sqrt(ax * ax + (ay + offset) ** 2) - (offset + halfWidth);
}

/** A rod along y from 0 to `length`, `thick` at the foot and `thin` at the tip, with round ends. */
export function rod(x: number, y: number, z: number, length: number, thick: number, thin: number): number {
  const share = Math.min(Math.max(y / length, 0), 1);
  const dy = y - share * length;
  return Math.sqrt(x * x + dy * dy + z * z) - thick - (thin - thick) * share;
}

/** A hollow ball of the given wall thickness, cut open at height `opening` above its centre. */
export function hollowBall(radial: number, y: number, radius: number, opening: number, wall: number): number {
  const rim = Math.sqrt(radius * radius - opening * opening);
  const besideRim = opening * radial < rim * y;
  const distance = besideRim ? Math.hypot(radial - rim, y - opening) : Math.abs(Math.hypot(radial, y) - radius);
  return distance - wall;
}
