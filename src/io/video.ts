import { emptyHold, importedVideo, type ImportedVideo, type RunHold } from '../core/compiledPlan.ts';
import { given } from '../core/device.ts';
import type { Engine } from '../core/engine.ts';
import { kernelKey } from '../core/kernelCache.ts';
import type { PooledTexture } from '../core/texturePool.ts';
import { importVideoKernel } from './importSource.ts';
import { LateCopy } from './lateCopy.ts';
import type { Pixels } from './pixels.ts';
import { wholeOf } from './placement.ts';
import { acquireSource, copyImage, isTainted, isVideoFrame, unreadable, writePixels, type MeasuredSource, type VideoSource } from './source.ts';

/**
 * The ways a picture of a video comes to the GPU, the cheapest first: sampled where it lies; copied by the GPU; drawn on a 2D canvas and copied from there; copied to memory, which takes time, and written from there.
 * Which of them a browser has depends on the system, and on the video.
 */
const RUNGS = { external: 0, copy: 1, canvas: 2, memory: 3 } as const;

/** The way that is taken for a source. */
interface Choice {
  rung: number;
  /** Whether it has worked. */
  works: boolean;
  /** Pictures in a row that it did not work for and a later one did. */
  misses: number;
}

/** So often a way must fail before it is given up: between two pictures a video may have none for a moment. */
const PATIENCE = 3;

/**
 * Brings videos to the GPU, each in the cheapest way that works for it. That is found out with its first pictures and remembered: for elements one by one, for frames, each of which is an object of its own, by their format.
 * Owns: a 2D canvas, made when it is needed. Borrows: the engine.
 */
export class VideoLadder {
  readonly #engine: Engine;
  readonly #elements = new WeakMap<HTMLVideoElement, Choice>();
  readonly #formats = new Map<VideoPixelFormat | null, Choice>();
  #kernel: Promise<unknown> | undefined;
  #canvas: OffscreenCanvasRenderingContext2D | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  #choiceOf(source: VideoSource): Choice {
    const known = isVideoFrame(source) ? this.#formats.get(source.format) : this.#elements.get(source);
    if (known !== undefined) return known;
    const choice = { rung: RUNGS.external, works: false, misses: 0 };
    if (isVideoFrame(source)) this.#formats.set(source.format, choice);
    else this.#elements.set(source, choice);
    return choice;
  }

  /** Whether a video is sampled where it lies, so that no memory is needed for it. The kernel for that is compiled from the first video on; until it is there, pictures are copied. */
  samples(source: VideoSource): boolean {
    void this.#compile();
    return this.#choiceOf(source).rung === RUNGS.external && this.#engine.kernels.compute(kernelKey(importVideoKernel, {})) !== undefined;
  }

  /** A device that cannot have it copies videos. */
  #compile(): Promise<unknown> {
    this.#kernel ??= this.#engine.kernels.compileCompute(importVideoKernel, {}).catch(() => {});
    return this.#kernel;
  }

  /**
   * Brings the present picture of a video to the GPU: to a texture that `hold` gives back, or as it lies; then it must be submitted in the same task, or before the frame is closed.
   * @param sampled - whether it may be sampled where it lies
   * @param late - its copies through memory
   * @returns `undefined` where these are all that works, and none is finished yet
   * @throws {@link InputError} where it cannot be read at all
   */
  take(source: VideoSource, measured: MeasuredSource, sampled: boolean, hold: RunHold, late: LateCopy): PooledTexture | ImportedVideo | undefined {
    const choice = this.#choiceOf(source);
    const first = sampled ? choice.rung : Math.max(choice.rung, RUNGS.copy);
    let texture: PooledTexture | undefined;
    let fault: unknown;
    for (let rung = first; rung <= RUNGS.memory; rung++) {
      if (rung > RUNGS.external) texture ??= acquireSource(this.#engine, measured, hold);
      try {
        const taken = this.#takeBy(rung, source, measured, texture as PooledTexture, late);
        // Where the best way was not open, nothing was learnt of it.
        if (first === choice.rung) note(choice, rung);
        return taken;
      } catch (error) {
        fault = error;
        if (isTainted(error)) break;
      }
    }
    // It may be tainted now.
    this.#canvas = undefined;
    throw unreadable(fault);
  }

  #takeBy(rung: number, source: VideoSource, measured: MeasuredSource, texture: PooledTexture, late: LateCopy): PooledTexture | ImportedVideo | undefined {
    const { device } = this.#engine;
    const { queue } = device.handle;
    const whole = wholeOf(measured);
    if (rung === RUNGS.external) {
      const external = given(device.handle.importExternalTexture({ label: 'atelier video', source, colorSpace: 'srgb' }));
      device.counters.transient++;
      return importedVideo(external);
    }
    if (rung === RUNGS.copy) copyImage(queue, source, texture.texture, whole);
    else if (rung === RUNGS.canvas) copyImage(queue, this.#draw(source, measured), texture.texture, whole);
    else {
      const pixels = late.next(source, measured);
      if (pixels === undefined) return undefined;
      writePixels(queue, pixels, texture.texture, whole);
    }
    return texture;
  }

  #draw(source: VideoSource, { width, height }: MeasuredSource): OffscreenCanvas {
    this.#canvas ??= given(new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D);
    const { canvas } = this.#canvas;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    // Leaves nothing of the picture before, where this one is transparent.
    this.#canvas.globalCompositeOperation = 'copy';
    this.#canvas.drawImage(source, 0, 0, width, height);
    return canvas;
  }

  /** For calls that can wait: a source that {@link take} gives at once, the same where it can be. */
  async settle(source: VideoSource, measured: MeasuredSource): Promise<VideoSource | Pixels> {
    await this.#compile();
    this.#engine.device.assertAlive();
    const { rung, works } = this.#choiceOf(source);
    if (works && rung !== RUNGS.memory) return source;
    const hold = emptyHold();
    const late = new LateCopy();
    try {
      return this.take(source, measured, this.samples(source), hold, late) === undefined ? await late.copied() : source;
    } finally {
      this.#engine.release(hold);
    }
  }
}

function note(choice: Choice, rung: number): void {
  if (rung === choice.rung) choice.misses = 0;
  else if (++choice.misses === PATIENCE) Object.assign(choice, { rung, misses: 0 });
  choice.works = choice.misses === 0;
}
