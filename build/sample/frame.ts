import { add, cross, dot, normalize, scale, vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** Where a thing stands and how it is turned: three axes at right angles. */
export interface Frame {
  readonly origin: Vector;
  readonly right: Vector;
  readonly up: Vector;
  readonly front: Vector;
}

/** An upright frame, turned by `turn` radians about the vertical. */
export function upright(x: number, y: number, z: number, turn = 0): Frame {
  return leaning(vector(x, y, z), vector(0, 1, 0), turn);
}

/** A frame whose up axis points along `up`, then turned by `turn` radians about it. */
export function leaning(origin: Vector, up: Vector, turn = 0): Frame {
  const axis = normalize(up);
  const helper = Math.abs(axis.z) < 0.9 ? vector(0, 0, 1) : vector(1, 0, 0);
  const sideways = normalize(cross(axis, helper));
  const forwards = cross(sideways, axis);
  const right = add(scale(sideways, Math.cos(turn)), scale(forwards, Math.sin(turn)));
  return { origin, right, up: axis, front: cross(right, axis) };
}

export function pointToLocal(frame: Frame, point: Vector): Vector {
  return directionToLocal(frame, {
    x: point.x - frame.origin.x,
    y: point.y - frame.origin.y,
    z: point.z - frame.origin.z,
  });
}

export function directionToLocal(frame: Frame, direction: Vector): Vector {
  return { x: dot(direction, frame.right), y: dot(direction, frame.up), z: dot(direction, frame.front) };
}

export function directionToWorld(frame: Frame, direction: Vector): Vector {
  const { right, up, front } = frame;
  return {
    x: right.x * direction.x + up.x * direction.y + front.x * direction.z,
    y: right.y * direction.x + up.y * direction.y + front.y * direction.z,
    z: right.z * direction.x + up.z * direction.y + front.z * direction.z,
  };
}

export function pointToWorld(frame: Frame, point: Vector): Vector {
  return add(frame.origin, directionToWorld(frame, point));
}
