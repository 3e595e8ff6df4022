import { bilinear, field, type Field, type Triple } from './field.ts';
import { tangentOf } from './tangentFlow.ts';

/** What {@link flowGaussian} is given: angles in degrees, lengths in px. */
export interface FlowGaussianFacts {
  readonly sigma: number;
  readonly stopAngle?: number;
  readonly adaptive?: boolean;
  readonly stride?: number;
  /** What leads is a tensor (E, F, G), interpolated. */
  readonly interpolated?: boolean;
}

/** The twin of shaders/passes/flowGaussian.wgsl in float64; `flow` is (x, y, A) at each pixel, or tensors. */
export function flowGaussian(source: Field, flow: Field, facts: FlowGaussianFacts): Field {
  const flowAt = facts.interpolated === true ? (at: Point): Triple => tangentOf(bilinear(flow, ...at)) : (at: Point): Triple => nearest(flow, at);
  return field(source.width, source.height, (x, y) => alongLine(source, flowAt, [x + 0.5, y + 0.5], facts));
}

type Point = readonly [number, number];
type Flow = (at: Point) => Triple;

function alongLine(source: Field, flowAt: Flow, start: Point, { sigma: full, stopAngle = 90, adaptive = false, stride = 1 }: FlowGaussianFacts): number[] {
  const [x, y, anisotropy] = flowAt(start);
  const sigma = adaptive ? (full * (1 + anisotropy) ** 2) / 4 : full;
  const least = stopAngle < 90 ? Math.cos((stopAngle * Math.PI) / 180) : 0;
  const taps: { readonly weight: number; readonly value: Triple }[] = [{ weight: 1, value: bilinear(source, ...start) }];
  for (const side of [-1, 1]) {
    let at = start;
    let heading: Point = [side * x, side * y];
    for (let i = 1; i <= Math.ceil((2 * sigma) / stride); i++) {
      // Between two texels the one ahead, whichever way the line runs.
      const middle = along(flowAt, step(at, along(flowAt, at, heading), 0.5001 * stride), heading);
      if (middle[0] * heading[0] + middle[1] * heading[1] < least) break;
      heading = middle;
      at = step(at, heading, stride);
      taps.push({ weight: Math.exp(-0.5 * ((i * stride) / sigma) ** 2), value: bilinear(source, ...at) });
    }
  }
  const total = taps.reduce((sum, { weight }) => sum + weight, 0);
  return [0, 1, 2].map((c) => taps.reduce((sum, { weight, value }) => sum + weight * value[c]!, 0) / total);
}

function step([x, y]: Point, [dx, dy]: Point, length: number): Point {
  return [x + length * dx, y + length * dy];
}

function nearest({ at }: Field, [x, y]: Point): Triple {
  return at(Math.floor(x), Math.floor(y));
}

function along(flowAt: Flow, at: Point, heading: Point): Point {
  const [x, y] = flowAt(at);
  const sign = x * heading[0] + y * heading[1] < 0 ? -1 : 1;
  return [sign * x, sign * y];
}
