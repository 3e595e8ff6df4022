import type { Field } from './field.ts';
import { lineCover } from './flowPhase.ts';
import { aaStep, mix, slopeAt } from './lines.ts';
import { smoothstep } from './softSteps.ts';
import { decodeSrgb, encodeSrgb } from './srgb.ts';

/** A line at a pixel: its phase and the slope of that. */
export interface EngravedLine {
  readonly phase: number;
  readonly rate: number;
}

export interface Plate {
  readonly cross: number;
  readonly lines: number;
  readonly dashes: number;
}

/** The phase in float64 of straight lines, pushed sideways by `push(x, y)` px; the edge of the picture is repeated. */
export function reliefLine(x: number, y: number, { width, height }: Field, push: (x: number, y: number) => number, period: number, degrees: number): EngravedLine {
  const angle = (degrees * Math.PI) / 180;
  const phase = (atX: number, atY: number): number => {
    const [cx, cy] = [Math.min(Math.max(atX, 0), width - 1), Math.min(Math.max(atY, 0), height - 1)];
    return ((2 * Math.PI) / period) * (-cx * Math.sin(angle) + cy * Math.cos(angle) + push(cx, cy));
  };
  const rate = 0.5 * Math.hypot(phase(x + 1, y) - phase(x - 1, y), phase(x, y + 1) - phase(x, y - 1));
  const own = phase(x, y);
  return { phase: own - 2 * Math.PI * Math.round(own / (2 * Math.PI)), rate };
}

/** The twin of shaders/looks/engraving.wgsl on tones of passes/penTone. */
export function engraving(tone: Field, x: number, y: number, first: EngravedLine, second: EngravedLine, dash: number, { cross, lines, dashes }: Plate): number[] {
  const [dark, edge] = tone.at(x, y);
  const own = lineCover(first.phase, first.rate, dark < 0.05 ? 0 : 0.06 + 0.74 * dark) * smoothstep(-0.05, 0.03, dark - dashes * dash);
  const crossing = cross < 1 ? lineCover(second.phase, second.rate, (0.7 * Math.max(0, dark - cross)) / (1 - cross)) : 0;
  const ink = 1 - (1 - own) * (1 - crossing) * (1 - lines * aaStep(0.15, 0.6, edge, slopeAt(tone, x, y, 1)));
  const paper = [0.975, 0.96, 0.925];
  return [0.07, 0.09, 0.13].map((code, c) => encodeSrgb(mix(decodeSrgb(paper[c]!), decodeSrgb(code), ink)));
}
