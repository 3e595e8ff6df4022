import { random } from './noise.ts';
import { vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** Balls that were dropped in a heap and came to rest against each other and the ground. */
export function settledBunch(count: number, radius: number, ground: number, halfLength: number, halfWidth: number): readonly Vector[] {
  let balls: Vector[] = Array.from({ length: count }, (_, index) =>
    vector(
      halfLength * (2 * random(index, 1, 5) - 1),
      ground + radius + 2.4 * radius * random(index, 2, 5),
      halfWidth * (2 * random(index, 3, 5) - 1),
    ),
  );
  for (let round = 0; round < 160; round += 1) balls = balls.map((ball, index) => settle(ball, index, balls, radius, ground));
  return balls;
}

/** One small step: down, together, apart from the neighbours, and never into the ground. */
function settle(ball: Vector, index: number, balls: readonly Vector[], radius: number, ground: number): Vector {
  let { x, y, z } = ball;
  x *= 0.998;
  z *= 0.996;
  y -= 0.01 * radius;
  balls.forEach((other, otherIndex) => {
    if (otherIndex === index) return;
    const dx = ball.x - other.x;
    const dy = ball.y - other.y;
    const dz = ball.z - other.z;
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz) + 1e-6;
    const push = (Math.max(2 * radius - distance, 0) * 0.35) / distance;
    x += dx * push;
    y += dy * push;
    z += dz * push;
  });
  return vector(x, Math.max(y, ground + radius * 0.97), z);
}
