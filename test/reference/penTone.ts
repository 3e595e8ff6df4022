import type { PenToneOptions } from '../../src/passes/penTone.ts';
import type { Field } from './field.ts';
import { dodged, lineDarkness, mix } from './lines.ts';

/** The twin of shaders/passes/penTone.wgsl: darkness and contours, from lines (calm and two responses), anisotropy and the blurred calm. */
export function penTone(lines: Field, x: number, y: number, anisotropy: number, blurred: number, { gamma = 1, local, ...pen }: PenToneOptions): [dark: number, edge: number, none: number] {
  const calm = lines.at(x, y)[0];
  return [1 - calm ** gamma * mix(1, dodged(calm, blurred, 0.05), local), lineDarkness(lines, x, y, anisotropy, pen), 0];
}
