import { pointToWorld } from './frame.ts';
import type { Frame } from './frame.ts';
import { add, magnitude, scale, subtract, vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** What light meets at one point of a thing. */
export interface Surface {
  /** The share of light that is scattered back, per channel. */
  readonly colour: Vector;
  /** Mirror reflection seen head-on: 0 for cloth, 0.04 for glaze. */
  readonly shine: number;
  /** Blur of that reflection, from 0 (a mirror) to 1 (dull). */
  readonly roughness: number;
  /** How far light creeps round the terminator, per channel: fruit flesh lets red through. */
  readonly creep: Vector;
  /** The colour of light that shines through from behind; black for everything but leaves. */
  readonly through: Vector;
}

/** One body of the scene, described in its own frame. */
export interface Thing {
  readonly frame: Frame;
  /** The box that holds the body: its centre and half sizes. */
  readonly middle: Vector;
  readonly half: Vector;
  /** The share of the distance that is safe to step; below 1 for bodies whose distance is only an estimate. */
  readonly stride: number;
  /** Whether shadow rays that start on the body may ignore it: true for round ones, whose far side is dark anyway. */
  readonly round: boolean;
  distance(x: number, y: number, z: number): number;
  /** Fine height above the body; it tilts the normal and nothing else. */
  readonly relief?: (x: number, y: number, z: number) => number;
  /** The surface at a local point with a local normal. */
  surface(point: Vector, normal: Vector): Surface;
}

/** A ball that holds something, so that most rays can pass it by. */
export interface Ball {
  readonly centre: Vector;
  readonly radius: number;
}

export interface Placed {
  readonly thing: Thing;
  readonly ball: Ball;
}

/** Things that stand together, each in its ball and all in another. */
export interface Group {
  readonly members: readonly Placed[];
  readonly ball: Ball;
}

export const black: Vector = vector(0, 0, 0);

export function group(things: readonly Thing[]): Group {
  const members = things.map((thing) => ({ thing, ball: ballRound(thing) }));
  const sum = members.reduce((total, { ball }) => add(total, ball.centre), black);
  const centre = scale(sum, 1 / members.length);
  const reaches = members.map(({ ball }) => magnitude(subtract(ball.centre, centre)) + ball.radius);
  return { members, ball: { centre, radius: Math.max(...reaches) } };
}

function ballRound({ frame, middle, half }: Thing): Ball {
  return { centre: pointToWorld(frame, middle), radius: magnitude(half) };
}
