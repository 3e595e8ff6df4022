import type { Field } from './field.ts';
import { lineCover } from './flowPhase.ts';
import { aaStep, dodged, mix } from './lines.ts';
import { fractal, valueNoise } from './noise.ts';
import { smoothstep } from './softSteps.ts';

/** The twin of shaders/looks/woodcutTone.wgsl. */
export const woodcutTone = (calm: number, blurred: number): number => calm * mix(1, dodged(calm, blurred, 0.04), 0.3);

/** The twin of shaders/looks/woodcutBoard.wgsl: how the gouge wavers, and where the board takes no ink. */
export function woodcutBoard(x: number, y: number, unit: number, seed: number): [waver: number, worn: number, none: number] {
  const [u, v] = [x / unit, y / unit];
  const fibre = valueNoise(u / 60, (v + 3 * valueNoise(u / 50, v / 50, seed + 8)) / 1.3, seed + 9);
  return [fractal(u / 9, v / 9, seed + 5, 2), smoothstep(0.78, 0.9, 0.62 * fibre + 0.45 * valueNoise(u / 1.1, v / 1.1, seed + 10)), 0];
}

/** What is cut at a pixel. */
export interface Cut {
  /** Tone in [0, 1], and responses of fine and broad lines in L* units. */
  readonly tone: Field;
  readonly waver: (x: number, y: number) => number;
  readonly worn: number;
  readonly phase: number;
  readonly period: number;
}

export interface Knife {
  readonly carve: number;
  readonly threshold: number;
  readonly lines: number;
  readonly wood: number;
}

/** The twin of shaders/looks/woodcut.wgsl where the flow is sure of its direction. */
export function woodcut(x: number, y: number, { tone, waver, worn, phase, period }: Cut, { carve, threshold, lines, wood }: Knife): number[] {
  const { width, height } = tone;
  const wobble = (atX: number, atY: number): number => 0.1 * (waver(Math.min(Math.max(atX, 0), width - 1), Math.min(Math.max(atY, 0), height - 1)) - 0.5);
  const light = (atX: number, atY: number): number => smoothstep(0.18, 0.82, tone.at(atX, atY)[0] + wobble(atX, atY));
  const cut = (low: number, high: number, of: (atX: number, atY: number) => number): number => aaStep(low, high, of(x, y), 0.5 * Math.hypot(of(x + 1, y) - of(x - 1, y), of(x, y + 1) - of(x, y - 1)));
  const t = light(x, y);
  const duty = Math.min(1, Math.max(0, 1.08 * t - 0.04 + wobble(x, y)));
  const gouge = mix(lineCover(phase, (2 * Math.PI) / period, duty) * smoothstep(0.02, 0.07, duty), 1, cut(0.92, 0.94, light));
  const carved = mix(cut(-0.01, 0.01, (atX, atY) => tone.at(atX, atY)[0] - threshold), gouge, carve);
  const rim = cut(0.6, 0.9, (atX, atY) => tone.at(atX, atY)[2] - 3);
  const black = Math.max(cut(0.3, 0.6, (atX, atY) => -tone.at(atX, atY)[1] - 0.9), cut(0.4, 0.8, (atX, atY) => -tone.at(atX, atY)[2] - 2.5));
  const paper = Math.max(Math.max(carved, rim * (1 - t)) * (1 - lines * black), 0.85 * wood * worn);
  return [[0.075, 0.965], [0.065, 0.945], [0.065, 0.9]].map(([ink, sheet]) => mix(ink!, sheet!, paper));
}
