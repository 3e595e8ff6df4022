import { paint } from './materials.ts';
import { add, blend, clamp, cross, dot, normalize, scale, smoothstep, subtract, vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** A tall window at the upper left, a little nearer to the viewer than the table is. */
const centre = vector(-7.6, 6.4, 4.4);
const inwards = normalize(subtract(vector(0.2, 0.6, -0.6), centre));
const sideways = normalize(cross(vector(0, 1, 0), inwards));
const upwards = cross(inwards, sideways);
const halfWidth = 1.55;
const halfHeight = 2.1;
const daylight: Vector = scale(paint(0xfff0d8), 44);

const ceiling: Vector = scale(paint(0xc4d4ea), 0.4);
const floor: Vector = scale(paint(0xa8825c), 0.16);

/** Light that arrives from one point of the window, before anything blocks it. */
export interface Beam {
  readonly direction: Vector;
  readonly distance: number;
  /** What a surface that faces the beam receives. */
  readonly strength: Vector;
}

/** The beam from the window's point (u, v), both in [0, 1), to `point`. */
export function beamTo(point: Vector, u: number, v: number): Beam {
  const across = 2 * u - 1;
  const up = 2 * v - 1;
  const source = add(add(centre, scale(sideways, across * halfWidth)), scale(upwards, up * halfHeight));
  const path = subtract(source, point);
  const squared = dot(path, path);
  const distance = Math.sqrt(squared);
  const direction = scale(path, 1 / distance);
  const area = 4 * halfWidth * halfHeight;
  const slant = Math.max(0, -dot(direction, inwards));
  return { direction, distance, strength: scale(paneLight(across, up), (area * slant) / squared) };
}

/** Two columns of three panes; the bars between them are dark. */
function paneLight(across: number, up: number): Vector {
  const bars = Math.min(Math.abs(across), Math.abs(Math.abs(up) - 1 / 3) * 1.35);
  return scale(daylight, smoothstep(0.04, 0.075, bars));
}

/** What a mirror sees in the direction of the window or the unlit room. */
export function surroundings(origin: Vector, direction: Vector): Vector {
  const towards = dot(direction, inwards);
  if (towards < 0) {
    const distance = dot(subtract(centre, origin), inwards) / towards;
    const offset = subtract(add(origin, scale(direction, distance)), centre);
    const across = dot(offset, sideways) / halfWidth;
    const up = dot(offset, upwards) / halfHeight;
    if (Math.abs(across) < 1 && Math.abs(up) < 1) return paneLight(across, up);
  }
  return roomLight(direction);
}

/** The rest of the room: cool above and towards the window, warm and dim below. */
export function roomLight(direction: Vector): Vector {
  const height = clamp(0.5 + 0.6 * direction.y, 0, 1);
  const side = 1 - 0.45 * direction.x;
  return scale(blend(floor, ceiling, height), side);
}
