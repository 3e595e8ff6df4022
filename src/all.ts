/**
 * Everything that paints, in lists: for command lines, galleries and whatever offers all of it. Importing this carries every shader; apps that use some effects import those from `atelier-gpu`.
 *
 * @example
 * ```ts
 * import { parseLook } from 'atelier-gpu';
 * import { effects } from 'atelier-gpu/all';
 *
 * const look = parseLook(JSON.parse(text), effects);
 * ```
 * @packageDocumentation
 */
import type { AnyEffect } from './core/effect.ts';
import { adjust } from './effects/adjust.ts';

/** Every effect, in the order lists show them. */
export const effects: readonly AnyEffect[] = Object.freeze([adjust]);

/** Every finished look; their names and those of {@link effects} are one namespace. */
export const looks: readonly AnyEffect[] = Object.freeze([]);

export const presets = { studio: { sketch: adjust({ saturation: 0 }), pencil: adjust({ hue: 40 }), oil: adjust({ saturation: 2 }), watercolor: adjust({ contrast: 0.5 }) }, cv2: { sketch: adjust(), pencil: adjust(), oil: adjust(), watercolor: adjust() } };
