import kernel from '../../shaders/effects/palette.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { choice, colors, float, int } from '../core/params.ts';
import { drawingUnit } from '../passes/lineField.ts';
import { oklab } from '../passes/oklab.ts';
import { givenPalette, MOST_COLORS, pickedPalette } from '../passes/palette.ts';

/** Parameters of {@link palette}. */
export interface PaletteParams {
  /** How many colours are chosen from the picture, where `palette` gives none. */
  colors: number;
  /** How much rare colours count in that choice: 0 by the area they take, 1 as much as common ones. */
  accents: number;
  /** The colours to paint with, `#rrggbb` each; none lets the picture choose. */
  palette: readonly string[];
  /** How colours between those of the palette are shown: `none` takes the nearest; `bayer` mixes dots of two in a regular pattern, `noise` in an irregular one without clumps. */
  dither: 'none' | 'bayer' | 'noise';
  /** How far a dithered colour is mixed with its neighbours: 0 is not at all, 1 everywhere between them. */
  ditherAmount: number;
  /** Side of a dot in px. */
  ditherSize: number;
  /** Without dithering, width of the transition between two colours: 0 is a line without jags, 1 reaches from one to the other. */
  softness: number;
}

/**
 * A picture of few colours, as an indexed or a screen print has: chosen from the picture itself by k-means in OKLab, or given. Borders are smooth, and where the picture is flat they are soft, so that
 * noise flips no pixel; with `dither` each pixel is of one pure colour. In a video the chosen palette keeps still and follows the scene; at a cut it starts anew. Paint it on something smooth for
 * cleaner shapes, as `[anisotropicKuwahara(), palette()]`.
 *
 * Working space: OKLab. Cost: 18 passes, 16 of them small, or 3 with a given palette. Memory with the result: 12 B/px and 170 kB.
 * @see P. Heckbert, "Color Image Quantization for Frame Buffer Display", SIGGRAPH 1982
 * @see D. Arthur and S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007
 *
 * @example
 * ```ts
 * const print = studio.pipeline(anisotropicKuwahara(), palette({ colors: 5 }));
 * const handheld = studio.pipeline(palette({ palette: ['#0f380f', '#306230', '#8bac0f', '#9bbc0f'], dither: 'bayer', ditherSize: 3 }));
 * ```
 */
export const palette: Effect<PaletteParams> = defineEffect({
  name: 'palette',
  params: {
    colors: int(8, { min: 2, max: MOST_COLORS }),
    accents: float(0.4, { min: 0, max: 1 }),
    palette: colors([], { most: MOST_COLORS, rebuilds: true, label: 'Palette, or none to choose one' }),
    dither: choice('none', ['none', 'bayer', 'noise']),
    ditherAmount: float(0.8, { min: 0, max: 1 }),
    ditherSize: int(1, { min: 1, max: 16, unit: 'px' }),
    softness: float(0.2, { min: 0, max: 1 }),
  },
  build(graph, { source }, { colors: count, accents, palette: given, dither, ditherAmount, ditherSize, softness }) {
    const colors = oklab(graph, source);
    const palette = given.length > 0 ? givenPalette(graph, given) : pickedPalette(graph, source, colors, { count, accents });
    return graph.compute(kernel, {
      inputs: { colors, palette },
      params: { origin: graph.frame.origin, count: given.length || count, dither: DITHERS.indexOf(dither), amount: ditherAmount, cell: ditherSize, softness, unit: drawingUnit(graph) },
    });
  },
  // Slopes; a palette of the picture's own is chosen from all of it.
  halo: ({ palette: given }) => (given.length > 0 ? 1 : undefined),
});

/** In the order of the kernel. */
const DITHERS: readonly PaletteParams['dither'][] = ['none', 'bayer', 'noise'];
