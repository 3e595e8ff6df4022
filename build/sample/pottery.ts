import { upright } from './frame.ts';
import { glazed, matt, paint } from './materials.ts';
import { cells, cloud, noise } from './noise.ts';
import { carve, hollowBall, meld } from './shapes.ts';
import type { Surface, Thing } from './thing.ts';
import { blend, clamp, scale, smoothstep, vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** Heights and radii of the jug from foot to lip. */
const jugProfile = [
  [0, 0.54], [0.12, 0.58], [0.4, 0.76], [0.75, 0.87], [1.1, 0.84], [1.45, 0.66], [1.75, 0.47], [2.0, 0.42], [2.2, 0.46], [2.42, 0.54],
] as const;
const jugHeight = 2.36;
const jugWall = 0.05;
/** Where the handle leaves the neck, and where it returns to the belly. */
const handle = rounded(rounded([[-0.38, 1.95], [-0.62, 2.24], [-1.03, 2.26], [-1.24, 1.85], [-1.18, 1.3], [-0.78, 0.95]]));

export function jug(x: number, z: number, turn: number): Thing {
  return {
    frame: upright(x, 0, z, turn),
    middle: vector(-0.15, 1.2, 0),
    half: vector(1.15, 1.22, 0.95),
    stride: 0.75,
    round: false,
    distance: jugDistance,
    relief: jugRelief,
    surface: jugSurface,
  };
}

function jugDistance(x: number, y: number, z: number): number {
  const squared = x * x + z * z + 1e-6;
  const oval = 1 + (0.024 * x * z) / squared;
  const radial = Math.sqrt(squared) * oval;
  const ahead = x > 0 ? (x * x) / squared : 0;
  const aside = (z * z) / squared;
  const spout = 0.24 * smoothstep(1.75, 2.4, y) * ahead * ahead * ahead;
  const pinch = 0.05 * smoothstep(1.7, 2.2, y) * aside * aside;
  const side = (radial - profileRadius(y) - spout + pinch) * 0.85;
  const lip = y - jugHeight - spout * 0.3;
  const hull = carve(Math.abs(side + jugWall) - jugWall, lip, 0.05);
  const floor = Math.max(side, Math.abs(y - 0.06) - 0.06);
  const shell = Math.max(Math.min(hull, floor), -y);
  return meld(shell, handleDistance(x, y, z), 0.12);
}

function profileRadius(y: number): number {
  const last = jugProfile.length - 1;
  let index = 0;
  while (index < last - 1 && y > jugProfile[index + 1]![0]) index += 1;
  const before = jugProfile[Math.max(index - 1, 0)]!;
  const from = jugProfile[index]!;
  const to = jugProfile[index + 1]!;
  const after = jugProfile[Math.min(index + 2, last)]!;
  const width = to[0] - from[0];
  const t = clamp((y - from[0]) / width, 0, 1);
  const startSlope = ((to[1] - before[1]) / (to[0] - before[0])) * width;
  const endSlope = ((after[1] - from[1]) / (after[0] - from[0])) * width;
  return hermite(from[1], to[1], startSlope, endSlope, t);
}

function hermite(from: number, to: number, startSlope: number, endSlope: number, t: number): number {
  const turn = 2 * (from - to) + startSlope + endSlope;
  const bend = 3 * (to - from) - 2 * startSlope - endSlope;
  return ((turn * t + bend) * t + startSlope) * t + from;
}

/** Cuts the corners of an open line, once; its ends stay. */
function rounded(line: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const cut = line.slice(1).flatMap(([x, y], index) => {
    const [fromX, fromY] = line[index]!;
    return [[0.75 * fromX + 0.25 * x, 0.75 * fromY + 0.25 * y], [0.25 * fromX + 0.75 * x, 0.25 * fromY + 0.75 * y]] as const;
  });
  return [line[0]!, ...cut, line[line.length - 1]!];
}

/** A strap of soft clay: a flattened tube along the handle's curve. */
function handleDistance(x: number, y: number, z: number): number {
  const beside = Math.max(x + 0.2, Math.abs(z) - 0.3);
  if (beside > 0) return beside + 0.14;
  let nearest = Infinity;
  for (let index = 1; index < handle.length; index += 1) {
    const [fromX, fromY] = handle[index - 1]!;
    const [toX, toY] = handle[index]!;
    const dx = toX - fromX;
    const dy = toY - fromY;
    const share = clamp(((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy), 0, 1);
    const nearX = x - fromX - dx * share;
    const nearY = y - fromY - dy * share;
    nearest = Math.min(nearest, nearX * nearX + nearY * nearY);
  }
  return (Math.sqrt(nearest + z * z * 0.36) - 0.075) * 0.8;
}

/** The rings that the potter's fingers left. */
function jugRelief(x: number, y: number, z: number): number {
  const throwing = Math.sin(y * 34 + 1.5 * noise(y * 2, 0, 0) + 0.3 * Math.atan2(z, x));
  return 0.0013 * throwing + 0.006 * noise(x * 1.7, y * 1.7, z * 1.7);
}

function jugSurface({ x, y, z }: Vector): Surface {
  const flow = cloud(x * 1.6, y * 0.7, z * 1.6, 4);
  const drip = 0.2 + 0.05 * noise(x * 5, 0, z * 5) + 0.05 * noise(x * 13, 3, z * 13);
  if (y < drip) return matt(blend(paint(0x8a6a4c), paint(0xa98a66), 0.5 + flow));
  const pooled = smoothstep(-0.35, 0.4, flow + 0.3 * Math.sin(y * 34) * 0.3);
  const glaze = blend(paint(0x14357f), paint(0x2f66b4), pooled);
  // Glaze runs thin over sharp edges and lets the clay shine through.
  const thin = smoothstep(0.09, 0.02, Math.abs(jugHeight - 0.01 - y)) * 0.75;
  const speckle = smoothstep(0.24, 0.1, cells(x * 13, y * 13, z * 13));
  return glazed(blend(blend(glaze, paint(0x0c1c44), 0.6 * speckle), paint(0xa07a52), thin));
}

const bowlRadius = 1.55;
const bowlOpening = -0.88;
const bowlWall = 0.045;
/** The height of the bowl's rim above its foot. */
export const bowlHeight: number = bowlRadius + bowlOpening + 0.1;

export function bowl(x: number, y: number, z: number): Thing {
  return {
    frame: upright(x, y, z, 0.6),
    middle: vector(0, 0.38, 0),
    half: vector(1.34, 0.46, 1.34),
    stride: 0.9,
    round: false,
    distance: bowlDistance,
    relief: (px, py, pz) => 0.003 * noise(px * 3, py * 3, pz * 3) + 0.0012 * Math.sin(py * 60),
    surface: bowlSurface,
  };
}

function bowlDistance(x: number, y: number, z: number): number {
  const squared = x * x + z * z + 1e-6;
  const oval = 1 + (0.01 * (x * x - z * z) + 0.012 * x * z) / squared;
  const radial = Math.sqrt(squared) * oval;
  const cup = hollowBall(radial, y - bowlRadius - 0.1, bowlRadius, bowlOpening, bowlWall);
  const ring = Math.hypot(Math.max(Math.abs(radial - 0.55) - 0.05, 0), Math.max(Math.abs(y - 0.07) - 0.05, 0)) - 0.02;
  return meld(cup, ring, 0.05);
}

function bowlSurface({ x, y, z }: Vector): Surface {
  const mottle = cloud(x * 2.2, y * 2.2, z * 2.2, 4);
  const cream = blend(paint(0xd8c9a4), paint(0xefe6cc), 0.5 + mottle);
  const bandEdge = 0.012 * noise(x * 9, y * 9, z * 9);
  const band = smoothstep(0.016, 0.006, Math.abs(y + bandEdge - bowlHeight + 0.15) - 0.03);
  const hairline = smoothstep(0.012, 0.004, Math.abs(y + bandEdge - bowlHeight + 0.225) - 0.006);
  const brushed = blend(cream, paint(0x2c4f8f), Math.max(band, hairline) * (0.72 + 0.28 * noise(x * 14, y * 40, z * 14)));
  const speckle = smoothstep(0.2, 0.1, cells(x * 9, y * 9, z * 9));
  const rim = smoothstep(0.045, 0.01, Math.abs(y - bowlHeight - 0.02));
  return glazed(scale(blend(blend(brushed, paint(0x5d4630), 0.7 * speckle), paint(0x8f6a44), 0.7 * rim), 0.97), 0.09);
}
