import { pointToLocal, directionToLocal } from './frame.ts';
import { beamTo, roomLight, surroundings } from './light.ts';
import type { Beam } from './light.ts';
import { inSight, isBlocked, nearestHit, normalAt } from './march.ts';
import { channel } from './sequence.ts';
import type { Sequence } from './sequence.ts';
import { black } from './thing.ts';
import type { Group, Surface, Thing } from './thing.ts';
import { add, along, cross, dot, filter, normalize, scale, vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** What one ray sees. The colour is kept apart from the light, so that the light can be smoothed without blurring texture. */
export interface Sight {
  /** The window's light on the surface. */
  readonly direct: Vector;
  /** The light of the room and of the other things. */
  readonly bounced: Vector;
  readonly colour: Vector;
  /** Mirrored and transmitted light, which the colour does not filter. */
  readonly gleam: Vector;
  readonly normal: Vector;
  readonly distance: number;
}

/** A lit point: where it is, on what, and how it faces. */
interface Spot {
  readonly thing: Thing;
  readonly point: Vector;
  readonly normal: Vector;
  readonly surface: Surface;
}

/** Keeps rays from meeting the surface they leave. */
const skin = 0.006;
/** Below this roughness reflections are traced; above it only the window's sheen is worked out. */
const mirrorLimit = 0.1;

export function look(scene: readonly Group[], origin: Vector, direction: Vector, numbers: Sequence): Sight {
  const spot = spotAlong(scene, origin, direction, true);
  if (!spot) return { direct: black, bounced: black, colour: black, gleam: roomLight(direction), normal: direction, distance: 100 };
  const { surface, normal, point } = spot;
  const beam = openBeam(scene, spot, numbers, channel.light);
  const direct = beam ? lambert(beam, spot) : black;
  const sheen = beam ? sheenOf(beam, spot, direction) : black;
  const shining = beam ? shineThrough(beam, spot) : black;
  const mirror = surface.shine > 0 && surface.roughness < mirrorLimit ? reflection(scene, spot, direction, numbers) : black;
  return {
    direct,
    bounced: bounced(scene, spot, numbers),
    colour: surface.colour,
    gleam: add(add(sheen, shining), mirror),
    normal,
    distance: Math.sqrt((point.x - origin.x) ** 2 + (point.y - origin.y) ** 2 + (point.z - origin.z) ** 2),
  };
}

function spotAlong(scene: readonly Group[], origin: Vector, direction: Vector, fine: boolean): Spot | undefined {
  const hit = nearestHit(scene, origin, direction);
  if (!hit) return undefined;
  const { thing, distance } = hit;
  const point = along(origin, direction, distance);
  const local = pointToLocal(thing.frame, point);
  const normal = inSight(normalAt(thing, local, fine), direction);
  return { thing, point, normal, surface: thing.surface(local, directionToLocal(thing.frame, normal)) };
}

/** The light of a random point of the window, if nothing stands in its way. */
function openBeam(scene: readonly Group[], { thing, point, normal }: Spot, numbers: Sequence, index: number): Beam | undefined {
  const beam = beamTo(point, numbers.at(index), numbers.at(index + 1));
  const side = dot(normal, beam.direction) < 0 ? -skin : skin;
  const start = along(point, normal, side);
  return isBlocked(scene, start, beam.direction, beam.distance, thing.round ? thing : undefined) ? undefined : beam;
}

/** The scattered light of a beam, per unit of colour; flesh lets it creep round the terminator. */
function lambert({ direction, strength }: Beam, { normal, surface: { creep } }: Spot): Vector {
  const slope = dot(normal, direction);
  const share = (wrap: number): number => Math.max(0, (slope + wrap) / (1 + wrap)) / Math.PI;
  return filter(strength, vector(share(creep.x), share(creep.y), share(creep.z)));
}

function shineThrough({ direction, strength }: Beam, { normal, surface }: Spot): Vector {
  const slope = -dot(normal, direction);
  return slope <= 0 ? black : scale(filter(strength, surface.through), (0.6 * slope) / Math.PI);
}

/** The window's blurred highlight on a surface that is no clear mirror. */
function sheenOf({ direction, strength }: Beam, { normal, surface }: Spot, view: Vector): Vector {
  const slope = dot(normal, direction);
  if (surface.shine === 0 || surface.roughness < mirrorLimit || slope <= 0) return black;
  const halfway = normalize({ x: direction.x - view.x, y: direction.y - view.y, z: direction.z - view.z });
  const exponent = 2 / surface.roughness ** 4 - 2;
  const lobe = ((exponent + 2) / (2 * Math.PI)) * Math.max(0, dot(normal, halfway)) ** exponent;
  return scale(strength, (fresnel(surface.shine, dot(halfway, direction)) * lobe * slope) / 4);
}

function fresnel(shine: number, slope: number): number {
  return shine + (1 - shine) * (1 - Math.min(Math.max(slope, 0), 1)) ** 5;
}

function reflection(scene: readonly Group[], spot: Spot, view: Vector, numbers: Sequence): Vector {
  const { normal, surface, point } = spot;
  const mirrored = along(view, normal, -2 * dot(view, normal));
  const blur = scale(aroundPole(mirrored, numbers.at(channel.gloss), numbers.at(channel.gloss + 1)), surface.roughness);
  const direction = normalize(add(mirrored, blur));
  const strength = fresnel(surface.shine, -dot(view, normal));
  return scale(radiance(scene, along(point, normal, skin), direction, numbers, true), strength);
}

/** One ray of light from the other things and the room, per unit of colour. */
function bounced(scene: readonly Group[], { point, normal }: Spot, numbers: Sequence): Vector {
  const direction = normalize(add(normal, scale(aroundPole(normal, numbers.at(channel.bounce), numbers.at(channel.bounce + 1)), 0.999)));
  return radiance(scene, along(point, normal, skin), direction, numbers, false);
}

/** What a secondary ray brings back: the window's light on what it meets, and an estimate of everything else. */
function radiance(scene: readonly Group[], origin: Vector, direction: Vector, numbers: Sequence, seesWindow: boolean): Vector {
  const spot = spotAlong(scene, origin, direction, false);
  if (!spot) return seesWindow ? surroundings(origin, direction) : roomLight(direction);
  const beam = openBeam(scene, spot, numbers, channel.bounceLight);
  const ambient = scale(roomLight(spot.normal), 0.55);
  return filter(spot.surface.colour, beam ? add(lambert(beam, spot), ambient) : ambient);
}

/** A point evenly on the unit ball round the tip of `pole`; added to the pole it spreads by the cosine law. */
function aroundPole(pole: Vector, u: number, v: number): Vector {
  const height = 2 * u - 1;
  const radius = Math.sqrt(Math.max(0, 1 - height * height));
  const angle = 2 * Math.PI * v;
  const helper = Math.abs(pole.x) < 0.7 ? vector(1, 0, 0) : vector(0, 1, 0);
  const right = normalize(cross(pole, helper));
  const front = cross(right, pole);
  const flat = add(scale(right, radius * Math.cos(angle)), scale(front, radius * Math.sin(angle)));
  return add(flat, scale(pole, height));
}
