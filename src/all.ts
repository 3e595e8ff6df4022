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
import { blend } from './effects/blend.ts';
import { brushStrokes } from './effects/brushStrokes.ts';
import { cartoon } from './effects/cartoon.ts';
import { classicKuwahara } from './effects/classicKuwahara.ts';
import { coherenceEnhancing } from './effects/coherenceEnhancing.ts';
import { detailEnhance } from './effects/detailEnhance.ts';
import { edgePreserving } from './effects/edgePreserving.ts';
import { generalizedKuwahara } from './effects/generalizedKuwahara.ts';
import { grade } from './effects/grade.ts';
import { guidedFilter } from './effects/guidedFilter.ts';
import { halftoneScreen } from './effects/halftoneScreen.ts';
import { lineIntegralConvolution } from './effects/lineIntegralConvolution.ts';
import { mask } from './effects/mask.ts';
import { oilPainting } from './effects/oilPainting.ts';
import { palette } from './effects/palette.ts';
import { paperTexture } from './effects/paperTexture.ts';
import { pencilDodge } from './effects/pencilDodge.ts';
import { pencilSketch } from './effects/pencilSketch.ts';
import { posterize } from './effects/posterize.ts';
import { stabilize } from './effects/stabilize.ts';
import { stylization } from './effects/stylization.ts';
import { xdog } from './effects/xdog.ts';
import { charcoal } from './looks/charcoal.ts';
import { comic } from './looks/comic.ts';
import { engraving } from './looks/engraving.ts';
import { gouache } from './looks/gouache.ts';
import { halftone } from './looks/halftone.ts';
import { hatching } from './looks/hatching.ts';
import { ink } from './looks/ink.ts';
import { oil } from './looks/oil.ts';
import { oilImpasto } from './looks/oilImpasto.ts';
import { pastelPaint } from './looks/pastelPaint.ts';
import { pencil } from './looks/pencil.ts';
import { riso } from './looks/riso.ts';
import { sketch } from './looks/sketch.ts';
import { strokes } from './looks/strokes.ts';
import { watercolor } from './looks/watercolor.ts';
import { woodcut } from './looks/woodcut.ts';

/** Every effect, in the order lists show them. */
export const effects: readonly AnyEffect[] = Object.freeze([
  pencilDodge, pencilSketch, xdog, cartoon, halftoneScreen,
  anisotropicKuwahara, generalizedKuwahara, classicKuwahara, brushStrokes, oilPainting, coherenceEnhancing, lineIntegralConvolution,
  stylization, edgePreserving, bilateral, guidedFilter,
  posterize, palette,
  paperTexture, detailEnhance, grade, adjust,
  blend, mask, stabilize,
]);

/** Every finished look. Looks and {@link effects} share one namespace. */
export const looks: readonly AnyEffect[] = Object.freeze([oil, oilImpasto, strokes, watercolor, gouache, pastelPaint, sketch, pencil, charcoal, ink, engraving, hatching, comic, halftone, riso, woodcut]);

export { presets, type Preset, type ArtworkName } from './studio/presets.ts';
