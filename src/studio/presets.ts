import type { Look } from '../core/effect.ts';
import { oilPainting } from '../effects/oilPainting.ts';
import { pencilSketch } from '../effects/pencilSketch.ts';
import { stylization } from '../effects/stylization.ts';
import { oil } from '../looks/oil.ts';
import { pencil } from '../looks/pencil.ts';
import { sketch } from '../looks/sketch.ts';
import { watercolor } from '../looks/watercolor.ts';

/** The four artworks of one photograph. */
export type ArtworkName = 'sketch' | 'pencil' | 'oil' | 'watercolor';

/** A look for each of the four artworks, for one pipeline with four outputs. */
export type Preset = Readonly<Record<ArtworkName, Look>>;

const studio: Preset = Object.freeze({ sketch: sketch(), pencil: pencil(), oil: oil(), watercolor: watercolor() });

const cv2: Preset = Object.freeze({
  sketch: pencilSketch(),
  pencil: pencilSketch({ color: true }),
  oil: oilPainting({ size: 7, dynRatio: 1 }),
  watercolor: stylization(),
});

/**
 * Two sets of the four artworks: pencil sketch, coloured pencil, oil and watercolour.
 *
 * `studio` is ours and meant to be beautiful: graphite and coloured pencils on drawing paper, oil with the marks of the brush, washes on
 * watercolour paper. `cv2` is OpenCV's `pencilSketch` (grey and in colour), `xphoto.oilPainting(7, 1)` and `stylization`, with OpenCV's own
 * defaults: sketch and oil identical in every pixel, pencil and watercolour within two levels of 255. Both are plain frozen records: spread one and replace a look to make another.
 *
 * The looks of `studio` keep their composition from 450 to 2000 px; those of `cv2` have lengths in px. Memory at 1920 x 1080, all four in one graph: see `pipeline.estimate`.
 * @see https://docs.opencv.org/4.x/df/dac/group__photo__render.html
 *
 * @example
 * ```ts
 * const four = studio.pipeline(presets.studio);
 * const { sketch, oil } = await four.read(file, { maxSize: 1200 });
 * const mine = studio.pipeline({ ...presets.studio, oil: presets.cv2.oil });
 * ```
 */
export const presets: { readonly studio: Preset; readonly cv2: Preset } = Object.freeze({ studio, cv2 });
