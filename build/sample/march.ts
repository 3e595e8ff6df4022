import { directionToLocal, directionToWorld, pointToLocal } from './frame.ts';
import type { Ball, Group, Placed, Thing } from './thing.ts';
import { along, dot, normalize } from './vector.ts';
import type { Vector } from './vector.ts';

const surfaceThickness = 0.0008;
const maximumSteps = 160;
/** The probe of the normal: a little under half a pixel of the full picture. */
const probe = 0.003;

export interface Hit {
  readonly thing: Thing;
  readonly distance: number;
}

/** The nearest thing along the ray, or none. */
export function nearestHit(groups: readonly Group[], origin: Vector, direction: Vector): Hit | undefined {
  let nearest: Thing | undefined;
  let limit = Infinity;
  for (const group of groups) {
    if (!meetsBall(group.ball, origin, direction, limit)) continue;
    for (const placed of group.members) {
      const distance = reach(placed, origin, direction, limit);
      if (distance >= limit) continue;
      limit = distance;
      nearest = placed.thing;
    }
  }
  return nearest && { thing: nearest, distance: limit };
}

/** Whether anything but `except` lies between the origin and `limit`. */
export function isBlocked(groups: readonly Group[], origin: Vector, direction: Vector, limit: number, except?: Thing): boolean {
  for (const group of groups) {
    if (!meetsBall(group.ball, origin, direction, limit)) continue;
    for (const placed of group.members) {
      if (placed.thing !== except && reach(placed, origin, direction, limit) < limit) return true;
    }
  }
  return false;
}

function meetsBall({ centre, radius }: Ball, origin: Vector, direction: Vector, limit: number): boolean {
  const x = centre.x - origin.x;
  const y = centre.y - origin.y;
  const z = centre.z - origin.z;
  const ahead = x * direction.x + y * direction.y + z * direction.z;
  const aside = x * x + y * y + z * z - ahead * ahead;
  if (aside > radius * radius) return false;
  const halfChord = Math.sqrt(radius * radius - aside);
  return ahead + halfChord > 0 && ahead - halfChord < limit;
}

/** The distance at which the ray meets the thing; Infinity if it does not before `limit`. */
function reach({ thing, ball }: Placed, origin: Vector, direction: Vector, limit: number): number {
  if (!meetsBall(ball, origin, direction, limit)) return Infinity;
  const o = pointToLocal(thing.frame, origin);
  const d = directionToLocal(thing.frame, direction);
  const span = boxSpan(thing, o, d);
  return span === undefined ? Infinity : walk(thing, o, d, Math.max(span.enter, 0), Math.min(span.leave, limit));
}

function boxSpan({ middle, half }: Thing, o: Vector, d: Vector): { readonly enter: number; readonly leave: number } | undefined {
  const ax = (middle.x - o.x) / d.x;
  const ay = (middle.y - o.y) / d.y;
  const az = (middle.z - o.z) / d.z;
  const bx = Math.abs(half.x / d.x);
  const by = Math.abs(half.y / d.y);
  const bz = Math.abs(half.z / d.z);
  const enter = Math.max(ax - bx, ay - by, az - bz);
  const leave = Math.min(ax + bx, ay + by, az + bz);
  return leave < Math.max(enter, 0) ? undefined : { enter, leave };
}

function walk(thing: Thing, o: Vector, d: Vector, from: number, to: number): number {
  let t = from;
  for (let step = 0; step < maximumSteps && t <= to; step += 1) {
    const free = thing.distance(o.x + d.x * t, o.y + d.y * t, o.z + d.z * t);
    if (free < surfaceThickness) return t;
    t += free * thing.stride;
  }
  return Infinity;
}

/** The world normal at a local point, tilted by the relief where `fine`. */
export function normalAt(thing: Thing, p: Vector, fine: boolean): Vector {
  // Four probes at the corners of a tetrahedron give the gradient with the fewest evaluations.
  const a = height(thing, p.x + probe, p.y - probe, p.z - probe, fine);
  const b = height(thing, p.x - probe, p.y - probe, p.z + probe, fine);
  const c = height(thing, p.x - probe, p.y + probe, p.z - probe, fine);
  const e = height(thing, p.x + probe, p.y + probe, p.z + probe, fine);
  return normalize(directionToWorld(thing.frame, { x: a - b - c + e, y: c - a - b + e, z: b - a - c + e }));
}

function height(thing: Thing, x: number, y: number, z: number, fine: boolean): number {
  const body = thing.distance(x, y, z);
  return fine && thing.relief ? body - thing.relief(x, y, z) : body;
}

/** The normal, bent back into sight where relief at a silhouette has tilted it away from the ray. */
export function inSight(normal: Vector, direction: Vector): Vector {
  const away = dot(normal, direction);
  return away > 0 ? normalize(along(normal, direction, -away)) : normal;
}
