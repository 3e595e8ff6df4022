import { leaning } from './frame.ts';
import { stalk } from './fruit.ts';
import { fleshy, leafy, paint } from './materials.ts';
import { noise, random } from './noise.ts';
import { lens, spheroid } from './shapes.ts';
import type { Surface, Thing } from './thing.ts';
import { add, along, blend, cross, normalize, scale, smoothstep, subtract, vector } from './vector.ts';
import type { Vector } from './vector.ts';

const thickness = 0.007;

/** A leaf that grows from `root` towards `towards`, its upper side to `face`. */
export function leaf(root: Vector, towards: Vector, face: Vector, length: number, width: number, kind: number): Thing {
  const front = normalize(cross(towards, face));
  const frame = { origin: root, right: normalize(towards), up: normalize(cross(front, towards)), front };
  const droop = 0.15 + 0.35 * random(kind, 1);
  const twist = 0.8 * (random(kind, 2) - 0.5);
  const middleHeight = (x: number, z: number): number =>
    -droop * x * x / length + twist * x * z / length + 0.35 * Math.sqrt(z * z + 0.0004) + 0.012 * Math.sin(x * 22 / length + kind);
  return {
    frame,
    middle: vector(length / 2, -0.06 * length, 0),
    half: vector(length / 2 + 0.01, 0.06 + 0.3 * length, width / 2 + 0.01),
    stride: 0.65,
    round: false,
    distance(x, y, z) {
      const outline = lens(x - length / 2, z, length / 2, width / 2);
      return Math.max(outline, Math.abs(y - middleHeight(x, z)) - thickness);
    },
    surface: (point) => leafSurface(point, point.y > middleHeight(point.x, point.z), length, kind),
  };
}

function leafSurface({ x, z }: Vector, upperSide: boolean, length: number, kind: number): Surface {
  const rib = 0.75 * smoothstep(0.014, 0.004, Math.abs(z));
  const veinPhase = (x - Math.abs(z) * 1.1) * (11 / length);
  const vein = smoothstep(0.2, 0.04, Math.abs(veinPhase - Math.round(veinPhase))) * 0.3;
  const tone = random(kind, 9) + 0.3 * noise(x * 8, z * 8, kind);
  const green = blend(paint(0x2f4a22), paint(0x66803a), tone);
  const upper = blend(blend(green, paint(0x8c8a34), 0.7 * smoothstep(0.7, 1, random(kind, 6))), paint(0x93a55c), Math.max(rib, vein));
  const under = blend(blend(paint(0x6f8560), paint(0x93a07c), tone), paint(0xb3b98e), Math.max(rib, vein));
  return leafy(upperSide ? upper : under, paint(0x6f8a1c), upperSide ? 0.35 : 0.7);
}

/** A round berry on a short stalk. */
export function berry(centre: Vector, radius: number, kind: number): Thing {
  return {
    frame: leaning(centre, vector(random(kind, 1) - 0.5, 1, random(kind, 2) - 0.5)),
    middle: vector(0, 0, 0),
    half: vector(radius * 1.2, radius * 1.2, radius * 1.2),
    stride: 1,
    round: true,
    distance: (x, y, z) => spheroid(x, y, z, radius, radius * 1.15),
    surface({ x, y, z }) {
      const skin = blend(paint(0xb3200f), paint(0xd8501a), random(kind, 4) + 0.4 * noise(x * 9, y * 9, z * 9));
      const crown = smoothstep(radius * 0.85, radius * 1.05, -y);
      return fleshy(blend(skin, paint(0x2a140a), crown), 0.2, vector(0.25, 0.08, 0.03));
    },
  };
}

/** The curve a twig grows along: from the jug's mouth, past a bend, to its tip. */
export interface Twig {
  readonly from: Vector;
  readonly bend: Vector;
  readonly tip: Vector;
  readonly leaves: number;
  readonly berries: number;
  readonly kind: number;
}

const bark = paint(0x5b4028);

function pointOn({ from, bend, tip }: Twig, t: number): Vector {
  return add(add(scale(from, (1 - t) ** 2), scale(bend, 2 * t * (1 - t))), scale(tip, t * t));
}

export function twig(shape: Twig): readonly Thing[] {
  return [...twigWood(shape), ...twigLeaves(shape), ...twigBerries(shape)];
}

function twigWood(shape: Twig): readonly Thing[] {
  const pieces = 7;
  return Array.from({ length: pieces }, (_, index) => {
    const thick = 0.034 - 0.0034 * index;
    return stalk(pointOn(shape, index / pieces), pointOn(shape, (index + 1) / pieces), thick, thick - 0.0034, bark);
  });
}

function twigLeaves(shape: Twig): readonly Thing[] {
  return Array.from({ length: shape.leaves }, (_, index) => {
    const seed = shape.kind * 100 + index;
    const t = 0.26 + (0.74 * (index + 0.6 * random(seed, 1))) / shape.leaves;
    const root = pointOn(shape, t);
    const onwards = normalize(subtract(pointOn(shape, t + 0.02), root));
    // Leaves leave the twig by the golden angle, each a little further round than the one below.
    const turn = index * 2.4 + random(seed, 2);
    const side = normalize(cross(onwards, vector(0.3, 0.2, 1)));
    const aside = add(scale(side, Math.cos(turn)), scale(cross(onwards, side), Math.sin(turn)));
    const towards = normalize(add(add(onwards, scale(aside, 0.85)), vector(0, -0.12, 0)));
    const face = normalize(add(vector(-0.35, 0.75, 0.55), scale(aside, -0.4)));
    const length = (0.5 + 0.28 * random(seed, 3)) * (1.1 - 0.4 * t);
    return leaf(root, towards, face, length, length * (0.36 + 0.1 * random(seed, 4)), seed);
  });
}

function twigBerries(shape: Twig): readonly Thing[] {
  return Array.from({ length: shape.berries }, (_, index) => {
    const seed = shape.kind * 100 + 50 + index;
    const root = pointOn(shape, 0.62 + (0.38 * (index + 1)) / shape.berries);
    const hang = vector(0.5 * (random(seed, 1) - 0.5), -0.12 - 0.16 * random(seed, 2), 0.4 * (random(seed, 3) - 0.3));
    const centre = along(root, hang, 1);
    return [stalk(root, centre, 0.01, 0.008, bark), berry(centre, 0.062 + 0.02 * random(seed, 4), seed)];
  }).flat();
}
