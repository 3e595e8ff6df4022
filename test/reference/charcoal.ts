import type { CharcoalParams } from '../../src/looks/charcoal.ts';
import type { PenLayer } from '../../src/passes/penStrokes.ts';
import type { Field } from './field.ts';
import { dodged } from './lines.ts';
import { hatched } from './penStrokes.ts';
import { smoothstep, softSteps } from './softSteps.ts';

/** The twin of shaders/looks/charcoalMass.wgsl: of the lightness of a shape and that around it. */
export function charcoalMass(tone: number, around: number): number {
  const dark = saturate(0.8 * (1 - tone) ** 1.3 + 0.55 * (1 - dodged(tone, around, 0.06)));
  return dark + 0.75 * (softSteps(dark, 3, 0.7, 0) - dark);
}

/** The tone of shaders/looks/charcoalTone.wgsl: of the smudged mass, and the lightness of its shape and of the picture. */
export function charcoalTone(mass: number, shape: number, calm: number, contrast: number): number {
  const separated = saturate(0.42 + contrast * (mass + 0.45 * (shape - calm) - 0.42));
  return (1 - Math.exp(-1.9 * separated) * (1 - 0.55 * separated)) ** 1.25;
}

/** What shaders/looks/charcoal.wgsl reads at a pixel, noises in [0, 1], and px from rib to rib. */
export interface CharcoalSheet {
  readonly paper: number;
  readonly drags: number;
  readonly waver: number;
  readonly pressure: number;
  readonly rib: number;
  readonly unit: number;
  readonly stick: PenLayer;
}

/** The twin of shaders/looks/charcoal.wgsl at a pixel; `tone`: dark and edge. */
export function charcoal(x: number, y: number, tone: Field, { paper, drags, waver, pressure, rib, unit, stick }: CharcoalSheet, { lines, rough, laid, darkest }: Pick<CharcoalParams, 'lines' | 'rough' | 'laid' | 'darkest'>): number[] {
  const [dark, edge] = tone.at(x, y);
  const dragged = hatched(x, y, unit, stick, 0, tone, { here: 0.6, range: [0.05, 0.5] });
  const p = saturate(dark * (1 + 1.1 * (dragged - 0.55) * (1 - smoothstep(0.15, 0.6, dark))));
  const tooth = 0.8 * (0.5 - paper) + 0.5 * (drags - 0.5) + 0.5 * laid * Math.cos(2 * Math.PI * (y / rib + 0.5 * waver));
  const dust = saturate(p + 3.4 * rough * p * (1 - p) * (1 - 0.45 * p) * tooth);
  const pressed = edge * lines * smoothstep(0.05, 0.5, pressure + 0.12);
  const line = saturate(pressed + 2.2 * rough * pressed * (1 - 0.7 * pressed) * tooth);
  const carbon = darkest * (1 - (1 - dust) * (1 - line));
  return charcoalPaper(paper).map((light, c) => light + carbon * (CARBON[c]! - light));
}

/** The sheet where nothing is drawn, of its height. */
export function charcoalPaper(height: number): number[] {
  return [0.955, 0.935, 0.895].map((light) => light * (1.01 - 0.05 * height));
}

const CARBON = [0.075, 0.07, 0.07];

const saturate = (value: number): number => Math.min(1, Math.max(0, value));
