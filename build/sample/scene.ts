import { settledBunch } from './bunch.ts';
import { halfOrange, lemon, orange } from './citrus.ts';
import { cloth, clothHeight } from './cloth.ts';
import { leaf, twig } from './foliage.ts';
import { leaning } from './frame.ts';
import { apple, grape, pear, stalk } from './fruit.ts';
import { table, wall } from './furniture.ts';
import { paint } from './materials.ts';
import { random } from './noise.ts';
import { bowl, jug } from './pottery.ts';
import { group } from './thing.ts';
import type { Group, Thing } from './thing.ts';
import { vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** Units are decimetres: x to the right, y up from the table top, z towards the viewer. */
const jugPlace = vector(-1.75, 0, -0.75);
const bowlPlace = vector(0.85, clothHeight, -0.35);
const stem = paint(0x54401f);

/** The still life: a jug with twigs, a bowl of fruit on a cloth, and fruit on the table before them. */
export function stillLife(): readonly Group[] {
  return [
    group([wall()]),
    group([table()]),
    group([cloth()]),
    group([jug(jugPlace.x, jugPlace.z, -0.55)]),
    ...jugTwigs().map((things) => group(things)),
    group([bowl(bowlPlace.x, bowlPlace.y, bowlPlace.z), ...bowlFruit()]),
    group(pearAndLemon()),
    group(cutOrange()),
    group(grapes(vector(2.45, clothHeight, 0.62))),
  ];
}

function inBowl(x: number, y: number, z: number): Vector {
  return vector(bowlPlace.x + x, bowlPlace.y + y, bowlPlace.z + z);
}

function bowlFruit(): readonly Thing[] {
  const top = inBowl(-0.12, 1.27, 0.12);
  const calyx = vector(top.x + 0.1, top.y + 0.36, top.z + 0.12);
  return [
    orange(leaning(inBowl(0.4, 0.8, 0.56), vector(0.3, 0.5, 0.9)), 0.41, 1),
    apple(leaning(inBowl(-0.4, 0.5, 0.38), vector(-0.25, 1, 0.45), 1), 0.4, 2),
    stalk(inBowl(-0.5, 1.08, 0.66), inBowl(-0.56, 1.27, 0.7), 0.016, 0.022, stem),
    orange(leaning(inBowl(-0.68, 0.82, -0.24), vector(-0.5, 1, 0.2)), 0.4, 2),
    lemon(leaning(inBowl(0.74, 0.92, -0.12), vector(0.9, 0.45, 0.25)), 0.47, 1),
    orange(leaning(inBowl(0.05, 0.82, -0.62), vector(0, 1, 0)), 0.41, 3),
    orange(leaning(top, vector(0.3, 1, 0.35)), 0.41, 4),
    lemon(leaning(inBowl(0.5, 1.3, -0.15), vector(-0.75, 0.3, 0.45)), 0.46, 2),
    stalk(calyx, vector(calyx.x + 0.06, calyx.y + 0.12, calyx.z + 0.02), 0.022, 0.018, stem),
    leaf(vector(calyx.x + 0.05, calyx.y + 0.1, calyx.z), vector(-1, 0.25, 0.5), vector(-0.1, 1, 0.35), 0.62, 0.27, 901),
    leaf(vector(calyx.x + 0.05, calyx.y + 0.1, calyx.z), vector(0.9, 0.3, 0.45), vector(0.2, 1, 0.5), 0.55, 0.24, 902),
  ];
}

function jugTwigs(): readonly (readonly Thing[])[] {
  const mouth = (x: number, z: number): Vector => vector(jugPlace.x + x, 1.6, jugPlace.z + z);
  return [
    twig({ from: mouth(0.1, 0), bend: vector(-1.5, 3.25, -0.8), tip: vector(-0.3, 3.58, -0.5), leaves: 15, berries: 5, kind: 1 }),
    twig({ from: mouth(-0.1, 0.1), bend: vector(-2.1, 3.2, -0.5), tip: vector(-3.05, 3.4, -0.3), leaves: 13, berries: 4, kind: 2 }),
    twig({ from: mouth(0, -0.1), bend: vector(-1.8, 3.3, -1), tip: vector(-1.5, 3.66, -1.1), leaves: 13, berries: 4, kind: 3 }),
    twig({ from: mouth(0, 0.05), bend: vector(-1.6, 3.35, -0.5), tip: vector(-0.35, 2.95, 0.1), leaves: 9, berries: 4, kind: 4 }),
  ];
}

function pearAndLemon(): readonly Thing[] {
  const foot = vector(-0.62, -0.01, 0.5);
  return [
    pear(leaning(foot, vector(0.06, 1, 0.05), 0.5)),
    stalk(vector(foot.x + 0.2, 1.17, foot.z + 0.1), vector(foot.x + 0.34, 1.43, foot.z + 0.05), 0.024, 0.032, stem),
    lemon(leaning(vector(-2.35, 0.31, 0.72), vector(0.85, 0.08, 0.55)), 0.45, 3),
    leaf(vector(-1.55, 0.05, 1.05), vector(0.8, 0.05, 0.45), vector(0, 1, 0.15), 0.6, 0.26, 903),
  ];
}

function cutOrange(): readonly Thing[] {
  return [halfOrange(leaning(vector(0.5, 0.36, 1.05), vector(-0.34, 0.5, 0.8)), 0.42)];
}

function grapes(place: Vector): readonly Thing[] {
  const radius = 0.145;
  const balls = settledBunch(44, radius, place.y, 0.6, 0.36);
  const fruit = balls.map((ball, index) => {
    const up = vector(random(index, 1, 8) - 0.5, 0.6, random(index, 2, 8) - 0.5);
    return grape(leaning(vector(place.x + ball.x, ball.y, place.z + ball.z), up), radius * (0.9 + 0.16 * random(index, 3, 8)), index);
  });
  const heel = vector(place.x - 0.35, place.y + 0.5, place.z - 0.1);
  return [...fruit, stalk(heel, vector(heel.x - 0.35, heel.y + 0.22, heel.z - 0.1), 0.03, 0.025, paint(0x6f6a2c))];
}

interface Viewpoint {
  readonly eye: Vector;
  readonly target: Vector;
  readonly sharpAt: Vector;
  /** The height of the picture at unit distance. */
  readonly spread: number;
  readonly aperture: number;
}

/** Where the picture is taken from, and what it is sharp on. */
export const viewpoint: Viewpoint = {
  eye: vector(0.35, 3.5, 9.6),
  target: vector(0.12, 1.58, 0),
  sharpAt: vector(0.3, 0.7, 0.6),
  spread: 0.505,
  aperture: 0.035,
};

