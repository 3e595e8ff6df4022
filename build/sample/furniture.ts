import { upright } from './frame.ts';
import { matt, paint, satin } from './materials.ts';
import { cloud, noise, random } from './noise.ts';
import { roundedBox } from './shapes.ts';
import type { Thing } from './thing.ts';
import { blend, clamp, scale, smoothstep, vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** The z of the table's front edge and of the wall. */
export const tableFront = 1.75;
export const wallDepth = -2.6;

const tableBack = wallDepth + 0.02;
const tableThickness = 0.42;
const plankWidth = 1.07;

export function table(): Thing {
  const middle = vector(0, -tableThickness / 2, (tableFront + tableBack) / 2);
  const half = vector(9, tableThickness / 2 + 0.002, (tableFront - tableBack) / 2);
  return {
    frame: upright(0, 0, 0),
    middle,
    half,
    stride: 1,
    round: false,
    distance: (x, y, z) => roundedBox(x - middle.x, y - middle.y, z - middle.z, half.x, tableThickness / 2, half.z, 0.045),
    relief: woodRelief,
    surface: (point) => satin(woodColour(point), 0.42, 0.045),
  };
}

function plankOf(z: number): number {
  return Math.floor((z - 0.62) / plankWidth);
}

/** How deep in the gap between two planks a point lies, 0 to 1. */
function seam(z: number): number {
  const offset = (z - 0.62) / plankWidth;
  return smoothstep(0.016, 0.004, Math.abs(offset - Math.round(offset)));
}

/** The yearly ring a point falls in; each plank is sawn from another place in the tree. */
function ring({ x, y, z }: Vector): number {
  const plank = plankOf(z);
  const shift = random(plank, 7) * 40;
  const wander = 0.55 * noise(x * 0.32 + shift, z * 0.9, plank) + 0.07 * noise(x * 1.7 + shift, z * 5, y * 5);
  const across = z - 0.62 - plankWidth * (plank + random(plank, 3)) + wander;
  const down = y - 0.25 - 0.5 * random(plank, 5) + x * 0.015;
  return Math.sqrt(across * across + down * down) * 13;
}

function fibre(x: number, y: number, z: number): number {
  return 0.6 * noise(x * 2.2, y * 70, z * 70) + 0.4 * noise(x * 6, y * 140, z * 140);
}

function woodRelief(x: number, y: number, z: number): number {
  return 0.0022 * fibre(x, y, z) - 0.02 * seam(z) + 0.004 * noise(x * 0.8, 0, z * 2.5);
}

function woodColour(point: Vector): Vector {
  const { x, y, z } = point;
  const rings = ring(point);
  const phase = rings - Math.floor(rings);
  // Late wood is dark and ends sharply, where the next spring begins.
  const late = smoothstep(0.25, 0.92, phase) * (1 - smoothstep(0.94, 1, phase));
  const tone = clamp(0.5 + 0.5 * cloud(x * 0.7, plankOf(z) * 9, z * 1.5, 3) + 0.25 * (random(plankOf(z), 11) - 0.5), 0, 1);
  const bare = blend(paint(0x86583a), paint(0xb5834f), tone);
  const grained = blend(bare, paint(0x583420), 0.6 * late);
  const pores = smoothstep(0.3, 0.75, noise(x * 4, y * 90, z * 90 + 31));
  const worn = scale(grained, 1 + 0.22 * fibre(x, y, z) - 0.35 * pores);
  return blend(worn, paint(0x1d0f08), 0.85 * seam(z));
}

export function wall(): Thing {
  return {
    frame: upright(0, 0, wallDepth),
    middle: vector(0, 3, -0.05),
    half: vector(14, 8, 0.052),
    stride: 1,
    round: false,
    distance: (_x, _y, z) => z,
    relief: plasterRelief,
    surface: (point) => matt(plasterColour(point)),
  };
}

/** Trowel strokes: broad shallow waves, fine grit, and a few long scratches. */
function plasterRelief(x: number, y: number): number {
  const strokes = cloud(x * 0.9 + 0.5 * y, y * 2.1 - 0.4 * x, 4, 4);
  const grit = noise(x * 26, y * 26, 9);
  return 0.05 * strokes + 0.0022 * grit;
}

function plasterColour({ x, y }: Vector): Vector {
  const stain = smoothstep(-0.45, 0.5, cloud(x * 0.55, y * 0.5, 2, 5));
  const patch = smoothstep(0.05, 0.4, cloud(x * 0.9 + 20, y * 1.1, 7, 5));
  const base = blend(paint(0x8c8468), paint(0xb5a888), stain);
  const aged = blend(base, paint(0x7f826f), 0.55 * patch);
  return scale(aged, 1 + 0.08 * cloud(x * 9, y * 9, 1, 3));
}
