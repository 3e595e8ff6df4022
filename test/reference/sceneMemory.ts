import { bilinear, field, type Field, type Triple } from './field.ts';
import { flowMedian } from './opticalFlow.ts';

/** What the kernel `motion` is given beside its pictures. */
export interface MotionParams {
  readonly floors: readonly [mean: number, absolute: number];
  readonly rests: readonly [number, number];
  readonly speeds: readonly [number, number];
  readonly cell: number;
  readonly gain: number;
  readonly hurry: number;
}

const BINOMIAL = [6 / 16, 4 / 16, 1 / 16] as const;
const NEAR = [[-4, 0], [4, 0], [0, -4], [0, 4]] as const;
const BETTER = 0.8;
const BETTER_BY = 0.004;
const SURROUNDINGS = Array.from({ length: 25 }, (_, i) => [3 * ((i % 5) - 2), 3 * (Math.floor(i / 5) - 2)] as const);
const EXPLAINED = 0.94;

/** (shift x, shift y, new) in float64. */
export function motionOf(now: Field, before: Field, flow: Field, { floors, rests, speeds, cell, gain, hurry }: MotionParams): Field {
  const { width, height } = now;
  const clamp = (at: number, size: number): number => Math.min(Math.max(at, 0), size - 1);
  const differenceAt = (px: number, py: number, [dx, dy]: readonly [number, number], radius: number): { mean: Triple; absolute: number } => {
    const mean: [number, number, number] = [0, 0, 0];
    let [absolute, all] = [0, 0];
    for (let y = -radius; y <= radius; y++) {
      for (let x = -radius; x <= radius; x++) {
        const [qx, qy] = [clamp(px + x, width), clamp(py + y, height)];
        const was = bilinear(before, qx + 0.5 - dx, qy + 0.5 - dy);
        const weight = BINOMIAL[Math.abs(x)]! * BINOMIAL[Math.abs(y)]!;
        now.at(qx, qy).forEach((value, c) => {
          mean[c]! += weight * (value - was[c]!);
          absolute += (weight * Math.abs(value - was[c]!)) / 3;
        });
        all += weight;
      }
    }
    return { mean: mean.map((value) => value / all) as unknown as Triple, absolute: absolute / all };
  };
  const missed = (px: number, py: number, [dx, dy]: readonly [number, number]): number =>
    SURROUNDINGS.reduce((sum, [x, y]) => {
      const [qx, qy] = [clamp(px + x, width), clamp(py + y, height)];
      const was = bilinear(before, qx + 0.5 - dx, qy + 0.5 - dy);
      return sum + now.at(qx, qy).reduce((all, value, c) => all + Math.abs(value - was[c]!), 0);
    }, 0);
  return field(width, height, (x, y) => {
    const median = flowMedian(flow, x, y) as [number, number];
    const awake = smoothstep(rests[0], rests[1], Math.hypot(...median));
    const flowing = [awake * median[0], awake * median[1]] as const;
    let d: readonly [number, number] = missed(x, y, flowing) < EXPLAINED * missed(x, y, [-flowing[0], -flowing[1]]) ? flowing : [0, 0];
    let best = BETTER * differenceAt(x, y, d, 1).absolute - BETTER_BY;
    for (const other of [...NEAR.map(([nx, ny]) => flow.at(clamp(x + nx, width), clamp(y + ny, height))), [0, 0] as const]) {
      const { absolute } = differenceAt(x, y, [other[0], other[1]], 1);
      if (absolute < best) d = [other[0], other[1]];
      best = Math.min(best, absolute);
    }
    const { mean, absolute } = differenceAt(x, y, d, 2);
    const [fromX, fromY] = [x + 0.5 - d[0], y + 0.5 - d[1]];
    const isOutside = fromX < -0.5 || fromY < -0.5 || fromX > width + 0.5 || fromY > height + 0.5;
    const changed = isOutside ? 1 : Math.min(Math.max(gain * Math.max(Math.hypot(...mean) - floors[0], absolute - floors[1]), 0), 1);
    return [cell * d[0], cell * d[1], Math.max(changed, hurry * smoothstep(speeds[0], speeds[1], Math.hypot(...d)))];
  });
}

/** mix(what a place was, what it is, weight) in float64; what came from beyond the edge is as it is. */
export function steadied(now: Field, previous: Field, motion: Field, least: number): Field {
  const { width, height } = now;
  return field(width, height, (x, y) => {
    const [dx, dy, fresh] = motion.at(x, y);
    const [fromX, fromY] = [x + 0.5 - dx, y + 0.5 - dy];
    const isKnown = fromX >= 0 && fromY >= 0 && fromX <= width && fromY <= height;
    const weight = isKnown ? least + (1 - least) * fresh : 1;
    const was = bilinear(previous, fromX, fromY);
    return now.at(x, y).map((value, c) => (1 - weight) * was[c]! + weight * value);
  });
}

function smoothstep(low: number, high: number, value: number): number {
  const share = Math.min(Math.max((value - low) / (high - low), 0), 1);
  return share * share * (3 - 2 * share);
}
