import { upright } from './frame.ts';
import { tableFront } from './furniture.ts';
import { matt, paint } from './materials.ts';
import { cloud, noise } from './noise.ts';
import { sampledField } from './field.ts';
import { carve, rectangle } from './shapes.ts';
import type { Surface, Thing } from './thing.ts';
import { blend, scale, smoothstep, vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** How far the cloth's flat parts lie above the table. */
export const clothHeight = 0.03;

const edgeRadius = 0.06;
const turn = 0.5;
const halfWidth = 1.9;
const halfLength = 1.75;
const centreAcross = 1.35;
const centreAlong = -1.05;

const highestFold = 0.42;
/** The part of the spread-out cloth that the picture can show. */
const sheet = { fromX: -1.8, toX: 4.5, fromY: -2.9, toY: 1.6 };

/** Soft ridges on the table top: from, to, height, width. */
const ridges = [
  [1.0, -0.75, 2.5, -0.1, 0.2, 0.17],
  [2.0, -0.95, 3.0, -0.55, 0.24, 0.15],
  [0.0, -0.35, 0.9, 0.0, 0.15, 0.12],
  [-0.35, -0.75, 0.15, -1.0, 0.12, 0.11],
  [2.2, -1.9, 3.1, -1.2, 0.2, 0.16],
] as const;

/** A point of the cloth spread flat: `across` is the world's x, `down` runs to the table's edge (0) and on down its front. */
interface Spread {
  readonly down: number;
  readonly above: number;
}

export function cloth(): Thing {
  return {
    frame: upright(0, 0, 0),
    middle: vector(1.35, -0.55, 0.55),
    half: vector(3.1, 0.85, 1.65),
    stride: 0.55,
    round: false,
    distance: clothDistance,
    relief: weave,
    surface: clothSurface,
  };
}

/** Unrolls the table's edge. */
function spread(y: number, z: number): Spread {
  const qz = z - tableFront + edgeRadius;
  const qy = y + edgeRadius;
  if (qz > 0 && qy > 0) return { down: Math.atan2(qz, qy) * edgeRadius, above: Math.sqrt(qz * qz + qy * qy) - edgeRadius };
  if (qy > qz) return { down: qz, above: y };
  return { down: (edgeRadius * Math.PI) / 2 - qy, above: qz - edgeRadius };
}

/** The point's place on the cloth itself, along its threads. */
function threads(across: number, down: number): { readonly warp: number; readonly weft: number } {
  const dx = across - centreAcross;
  const dy = down - centreAlong;
  return { warp: dx * Math.cos(turn) + dy * Math.sin(turn), weft: dy * Math.cos(turn) - dx * Math.sin(turn) };
}

function clothDistance(x: number, y: number, z: number): number {
  const { down, above } = spread(y, z);
  if (above > highestFold + 0.1) return above - highestFold;
  return carve(above - height(x, down), hem(x, down), 0.02);
}

/** The outline, a little out of true. */
function outline(across: number, down: number): number {
  const { warp, weft } = threads(across, down);
  return rectangle(warp, weft, halfWidth, halfLength, 0.05) + 0.03 * noise(across * 1.6, down * 1.6, 8);
}

/** The height of the cloth above the wood: flat, rumpled by ridges, and in folds where it hangs. */
function drape(across: number, down: number): number {
  const swell = 0.02 * cloud(across * 1.1, down * 1.1, 5, 2);
  const ridge = ridges.reduce((sum, shape) => sum + ridgeHeight(across, down, shape), 0);
  const hanging = smoothstep(-0.25, 0.55, down);
  const bend = across * 5.4 + 0.9 * noise(across * 1.3, down * 0.5, 2) - 0.5 * down;
  const fold = 0.5 + 0.5 * Math.sin(bend + 0.7 * Math.sin(bend * 0.37));
  return clothHeight + swell + ridge + 0.2 * hanging * fold;
}

function ridgeHeight(across: number, down: number, [fromX, fromY, toX, toY, height, width]: (typeof ridges)[number]): number {
  const dx = toX - fromX;
  const dy = toY - fromY;
  const share = ((across - fromX) * dx + (down - fromY) * dy) / (dx * dx + dy * dy);
  const inside = smoothstep(-0.25, 0.3, share) * smoothstep(1.25, 0.7, share);
  if (inside === 0) return 0;
  const length = Math.hypot(dx, dy);
  const meander = 0.12 * Math.sin(share * 4.5 + fromX);
  const off = ((across - fromX) * dy - (down - fromY) * dx) / length + meander;
  // Steeper on one side than on the other, as cloth that was pushed together.
  const slope = off > 0 ? width * 0.6 : width * 1.25;
  return height * inside * Math.exp(-(off * off) / (slope * slope));
}

// Rays ask for these a few hundred times each, so they are worked out once, on a grid finer than a pixel.
const height = sampledField(drape, sheet);
const hem = sampledField(outline, sheet);

const threadsPerUnit = 26;

/** Plain weave: warp and weft take turns on top. */
function weave(x: number, y: number, z: number): number {
  const { warp, weft } = threads(x, spread(y, z).down);
  const u = warp * threadsPerUnit + 0.25 * noise(warp * 3, weft * 9, 1);
  const v = weft * threadsPerUnit + 0.25 * noise(warp * 9, weft * 3, 2);
  const over = Math.sin(Math.PI * u) * Math.sin(Math.PI * v);
  const yarn = Math.abs(Math.sin(Math.PI * u)) + Math.abs(Math.sin(Math.PI * v));
  return 0.003 * over * 0.6 + 0.0022 * yarn + 0.0015 * noise(warp * 60, weft * 60, 3);
}

function clothSurface({ x, y, z }: Vector): Surface {
  const { warp, weft } = threads(x, spread(y, z).down);
  const slub = noise(warp * 2, weft * 55, 4) + noise(warp * 55, weft * 2, 6);
  const linen = scale(blend(paint(0xe3d9c2), paint(0xf4eee0), 0.5 + 0.5 * cloud(warp, weft, 3, 3)), 1 + 0.06 * slub);
  const dye = stripes(warp, halfWidth) + stripes(weft, halfLength);
  const yarnGap = 0.85 + 0.15 * Math.sin(warp * threadsPerUnit * Math.PI) * Math.sin(weft * threadsPerUnit * Math.PI);
  return matt(blend(linen, scale(paint(0x33548c), 1 + 0.2 * slub), Math.min(dye, 1) * 0.86 * yarnGap));
}

/** One broad and two narrow stripes along each hem. */
function stripes(place: number, halfSize: number): number {
  const inset = halfSize - Math.abs(place);
  return stripe(inset, 0.3, 0.055) + stripe(inset, 0.42, 0.014) + stripe(inset, 0.18, 0.014);
}

function stripe(inset: number, at: number, halfThick: number): number {
  return smoothstep(halfThick + 0.008, halfThick - 0.008, Math.abs(inset - at));
}
