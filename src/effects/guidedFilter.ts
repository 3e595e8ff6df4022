import kernel from '../../shaders/effects/guidedFilter.wgsl';
import coefficientsKernel from '../../shaders/effects/guidedFilterMeans.wgsl?coefficients';
import momentsKernel from '../../shaders/effects/guidedFilterMeans.wgsl?moments';
import halfMeans from '../../shaders/effects/guidedFilterMeans.wgsl?rgba16float';
import floatMeans from '../../shaders/effects/guidedFilterMeans.wgsl?rgba32float';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { TextureHandle } from '../core/frameGraph.ts';
import { choice, float, int } from '../core/params.ts';
import type { ShaderModule } from '../core/shaderModule.ts';

/** Parameters of {@link guidedFilter}. */
export interface GuidedFilterParams {
  /** `exact` fits in the window of every pixel, as OpenCV; `fast` around cells of up to 8 x 8 pixels, and interpolates the fits. */
  quality: 'exact' | 'fast';
  /** The window reaches this many px to each side. */
  radius: number;
  /** Variance of colours that counts as flat: 0.01 smooths steps of up to about 0.1 in code values. 1/255² of OpenCV's. */
  epsilon: number;
}

/**
 * Guided filter: in every window the picture is fitted with a linear function of its own colours, stiffer where they vary less than `epsilon`, and each pixel takes the mean of the fits
 * around it. Smooths like a bilateral filter, but edges keep their profile and get no bands along them.
 *
 * `exact` is OpenCV's `ximgproc.guidedFilter(src, src, radius, 255² epsilon)` on 8-bit colour within one level of 255 (67 dB or more on photographs). `fast`, the same below radius 4,
 * fits in windows around cells of 2 x 2 pixels, from radius 10 of 4 x 4, from 24 of 8 x 8, with the means and covariances of all pixels: on photographs it differs by 53 dB or more,
 * mostly 55 to 60.
 *
 * Working space: sRGB code values; covariances are kept in single precision, so `epsilon` works down to its least value. Pixels count by their alpha; where none counts the colour stays.
 * Cost: 5 passes of running sums, whose time does not depend on the radius but for the size of the cells. On a software GPU `fast` takes about a third of the time of
 * `exact` at radius 6, a quarter at 12 and above. Memory with the result: 22 B/px (46 MB at 1920x1080); 8.5 and 5.1 with cells
 * of 4 and 8, 76 with `exact` and below radius 4.
 * @see K. He, J. Sun, X. Tang, "Guided Image Filtering", 2010; K. He, J. Sun, "Fast Guided Filter", 2015
 * @see https://docs.opencv.org/4.6.0/da/d17/group__ximgproc__filters.html
 *
 * @example
 * ```ts
 * const soft = studio.pipeline(guidedFilter({ radius: 12, epsilon: 0.02 }));
 * const likeOpenCv = studio.pipeline(guidedFilter({ quality: 'exact', radius: 8, epsilon: 0.01 }));
 * ```
 */
export const guidedFilter: Effect<GuidedFilterParams> = defineEffect({
  name: 'guidedFilter',
  params: {
    quality: choice('fast', ['exact', 'fast'], { rebuilds: true }),
    radius: int(8, { min: 1, max: 64, unit: 'px', rebuilds: true, label: 'Reach' }),
    epsilon: float(0.01, { min: 0.000001, max: 0.2, label: 'Edge tolerance' }),
  },
  build(graph, { source }, { quality, radius, epsilon }) {
    const factor = factorOf(quality, radius);
    const { width, height } = graph.sizeOf(source);
    const size = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
    const strip = Math.max(SHORTEST_STRIP, STRIP / factor);
    const means = (shader: ShaderModule, along: Along, inputs: Parts | { source: TextureHandle }): Parts => {
      const [lines, length] = along === 'across' ? [size.height, size.width] : [size.width, size.height];
      const outputs = graph.computeAll(shader, {
        inputs: { ...inputs },
        params: { along: ALONG[along], ...windowOf(radius, factor), factor, epsilon },
        size,
        constants: { STRIP: strip },
        invocations: [lines, Math.ceil(length / strip)],
      });
      return { a: outputs['outA'] as TextureHandle, b: outputs['outB'] as TextureHandle, c: outputs['outC'] as TextureHandle };
    };
    const fits = means(coefficientsKernel, 'down', means(momentsKernel, 'across', { source }));
    const meanFits = means(halfMeans, 'down', means(floatMeans, 'across', fits));
    return graph.compute(kernel, { inputs: { source, ...meanFits }, params: { factor } });
  },
  halo({ quality, radius }) {
    const factor = factorOf(quality, radius);
    return factor * (2 * (windowOf(radius, factor).whole + 1) + INTERPOLATED);
  },
});

/** Cells beside those of both windows: the rest of the pixel's own, and the next, with which it is interpolated. */
const INTERPOLATED = 2;

const ALONG = { across: [1, 0], down: [0, 1] } as const;
type Along = keyof typeof ALONG;

/** Ten numbers a texel in three textures: shaders/lib/guidedCoefficients.wgsl says which. */
interface Parts {
  readonly a: TextureHandle;
  readonly b: TextureHandle;
  readonly c: TextureHandle;
}

// Samples of a line that one invocation makes: so many that starting its window costs little, so few that 1080p has 32,000 invocations a pass, 8,000 with cells of 4 x 4.
const STRIP = 64;
const SHORTEST_STRIP = 16;

/** A window of 2 radius + 1 pixels in cells: whole ones to each side of the middle one, and the part of the next. */
function windowOf(radius: number, factor: number): { whole: number; part: number } {
  const reach = (radius + 0.5) / factor - 0.5;
  return { whole: Math.floor(reach), part: reach % 1 };
}

// Side of the cells by the least radius that has them: what keeps photographs above 53 dB.
const CELLS = [{ radius: 24, side: 8 }, { radius: 10, side: 4 }, { radius: 4, side: 2 }];

function factorOf(quality: GuidedFilterParams['quality'], radius: number): number {
  return quality === 'exact' ? 1 : cellFor(radius);
}

function cellFor(radius: number): number {
  return CELLS.find((cell) => radius >= cell.radius)?.side ?? 1;
}
