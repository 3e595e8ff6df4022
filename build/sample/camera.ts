import { viewpoint } from './scene.ts';
import { channel } from './sequence.ts';
import type { Sequence } from './sequence.ts';
import { add, cross, dot, normalize, scale, subtract, vector } from './vector.ts';
import type { Vector } from './vector.ts';

export interface Ray {
  readonly origin: Vector;
  readonly direction: Vector;
}

const forwards = normalize(subtract(viewpoint.target, viewpoint.eye));
const right = normalize(cross(forwards, vector(0, 1, 0)));
const up = cross(right, forwards);
const sharpDistance = dot(subtract(viewpoint.sharpAt, viewpoint.eye), forwards);

/** A ray through a random point of the pixel and of the lens. */
export function cameraRay(x: number, y: number, width: number, height: number, numbers: Sequence): Ray {
  const pixel = viewpoint.spread / height;
  const across = (x + numbers.at(channel.pixel) - width / 2) * pixel;
  const down = (y + numbers.at(channel.pixel + 1) - height / 2) * pixel;
  const aim = scale(add(add(forwards, scale(right, across)), scale(up, -down)), sharpDistance);
  const radius = viewpoint.aperture * Math.sqrt(numbers.at(channel.lens));
  const angle = 2 * Math.PI * numbers.at(channel.lens + 1);
  const onLens = add(scale(right, radius * Math.cos(angle)), scale(up, radius * Math.sin(angle)));
  return { origin: add(viewpoint.eye, onLens), direction: normalize(subtract(aim, onLens)) };
}
