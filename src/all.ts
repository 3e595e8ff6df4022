/**
 * Everything that paints, in lists: for command lines, galleries and whatever offers all of it. Importing this carries every shader; apps that use some effects import those from `atelier-gpu`.
 *
 * @example
 * ```ts
 * import { parseLook } from 'atelier-gpu';
 * import { effects } from 'atelier-gpu/all';
 *
 * const look = parseLook(JSON.parse('{ "effect": "adjust", "params": { "hue": 90 } }'), effects);
 * ```
 * @packageDocumentation
 */
import type { AnyEffect } from './core/effect.ts';
import { adjust } from './effects/adjust.ts';
import { anisotropicKuwahara } from './effects/anisotropicKuwahara.ts';
import { bilateral } from './effects/bilateral.ts';
import { brushRelief } from './effects/brushRelief.ts';
import { detailEnhance } from './effects/detailEnhance.ts';
import { edgePreserving } from './effects/edgePreserving.ts';
import { grade } from './effects/grade.ts';
import { guidedFilter } from './effects/guidedFilter.ts';
import { oilPainting } from './effects/oilPainting.ts';
import { paperTexture } from './effects/paperTexture.ts';
import { pencilDodge } from './effects/pencilDodge.ts';
import { pencilSketch } from './effects/pencilSketch.ts';
import { pencilStrokes } from './effects/pencilStrokes.ts';
import { stylization } from './effects/stylization.ts';
import { oil } from './looks/oil.ts';
import { watercolor } from './looks/watercolor.ts';

/** Every effect, in the order lists show them. */
export const effects: readonly AnyEffect[] = Object.freeze([
  pencilDodge, pencilStrokes, pencilSketch,
  anisotropicKuwahara, oilPainting,
  stylization, edgePreserving, bilateral, guidedFilter,
  brushRelief, paperTexture, detailEnhance, grade, adjust,
]);

/** Every finished look. Looks and {@link effects} share one namespace. */
export const looks: readonly AnyEffect[] = Object.freeze([oil, watercolor]);

export { presets, type Preset, type ArtworkName } from './studio/presets.ts';
