import { emptyHold, importedVideo, type ImportedVideo, type RunHold } from '../core/compiledPlan.ts';
import { given } from '../core/device.ts';
import type { Engine } from '../core/engine.ts';
import { InputError } from '../core/errors.ts';
import { kernelKey } from '../core/kernelCache.ts';
import type { PooledTexture } from '../core/texturePool.ts';
import { importVideoKernel } from './importSource.ts';
import type { Pixels } from './pixels.ts';
import { wholeOf } from './placement.ts';
import type { SlowVideo } from './slowVideo.ts';
import { acquireSource, copyImage, isTainted, isVideoFrame, unreadable, writePixels, type MeasuredSource, type VideoSource } from './source.ts';

/**
 * The ways a picture of a video comes to the GPU, the cheapest first: sampled where it lies; copied by the GPU; drawn on a 2D canvas and copied from there; copied to memory, which takes time, and written from there.
 * Which of them a browser has depends on the system, and on the video.
 */
const RUNGS = { external: 0, copy: 1, canvas: 2, memory: 3 } as const;

/** A video that is brought to the GPU. */
export interface VideoInput {
  readonly source: VideoSource;
  readonly measured: MeasuredSource;
  /** Which input of its owner it is. */
  readonly name: string;
  /** Whether it may be sampled where it lies. */
  readonly sampled: boolean;
}

/**
 * Brings videos to the GPU, each in the cheapest way that works for it. That is found out with its first pictures and remembered: for elements one by one, for frames, each of which is an object of its own, by their format.
 * Owns: what the slow ways need, loaded where they are taken. Borrows: the engine.
 */
export class VideoLadder {
  readonly #engine: Engine;
  /** The ways that have worked. */
  readonly #ofElements = new WeakMap<HTMLVideoElement, number>();
  readonly #ofFormats = new Map<VideoPixelFormat | null, number>();
  #kernel: Promise<unknown> | undefined;
  #slow: SlowVideo | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  #known(source: VideoSource): number | undefined {
    return isVideoFrame(source) ? this.#ofFormats.get(source.format) : this.#ofElements.get(source);
  }

  #remember(source: VideoSource, rung: number): void {
    if (isVideoFrame(source)) this.#ofFormats.set(source.format, rung);
    else this.#ofElements.set(source, rung);
  }

  /** Whether a video is sampled where it lies, so that no memory is needed for it. The kernel for that is compiled from the first video on; until it is there, pictures are copied. */
  samples(source: VideoSource): boolean {
    void this.#compile();
    return (this.#known(source) ?? RUNGS.external) === RUNGS.external && this.#engine.kernels.compute(kernelKey(importVideoKernel, {})) !== undefined;
  }

  /** A device that cannot have it copies videos. */
  #compile(): Promise<unknown> {
    this.#kernel ??= this.#engine.kernels.compileCompute(importVideoKernel, {}).catch(() => {});
    return this.#kernel;
  }

  async #loadSlow(): Promise<SlowVideo> {
    const { SlowVideo } = await import('./slowVideo.ts');
    return (this.#slow ??= new SlowVideo());
  }

  /**
   * Brings the present picture of a video to the GPU: to a texture that `hold` gives back, or as it lies; then it must be submitted in the same task, or before the frame is closed.
   * @param owner - whose input it is
   * @returns `undefined` where only slow ways work, and no picture is there yet
   * @throws {@link InputError} where it cannot be read at all
   */
  take(input: VideoInput, hold: RunHold, owner: object): PooledTexture | ImportedVideo | undefined {
    const known = this.#known(input.source) ?? RUNGS.external;
    const first = input.sampled ? known : Math.max(known, RUNGS.copy);
    let texture: PooledTexture | undefined;
    let fault: unknown;
    for (let rung = first; rung <= RUNGS.memory; rung++) {
      if (rung !== RUNGS.external) texture ??= acquireSource(this.#engine, input.measured, hold);
      try {
        const taken = this.#takeBy(rung, input, texture as PooledTexture, owner);
        // Where the best way was not open, nothing was learnt of it.
        if (taken !== undefined && first === known) this.#remember(input.source, rung);
        return taken;
      } catch (error) {
        fault = error;
        // It is the video, whichever way it is taken.
        if (error instanceof InputError || isTainted(error)) break;
      }
    }
    this.#slow?.forgetCanvas();
    throw unreadable(fault);
  }

  #takeBy(rung: number, { source, measured, name }: VideoInput, texture: PooledTexture, owner: object): PooledTexture | ImportedVideo | undefined {
    const { device } = this.#engine;
    const { queue } = device.handle;
    const whole = wholeOf(measured);
    if (rung === RUNGS.external) {
      const external = given(device.handle.importExternalTexture({ label: 'atelier video', source, colorSpace: 'srgb' }));
      device.counters.transient++;
      return importedVideo(external);
    }
    if (rung === RUNGS.copy) {
      copyImage(queue, source, texture.texture, whole);
      return texture;
    }
    if (this.#slow === undefined) {
      void this.#loadSlow().catch(() => {});
      return undefined;
    }
    if (rung === RUNGS.canvas) {
      copyImage(queue, this.#slow.draw(source, measured), texture.texture, whole);
      return texture;
    }
    const pixels = this.#slow.lateCopy(source, owner, name).next(source, measured);
    if (pixels === undefined) return undefined;
    writePixels(queue, pixels, texture.texture, whole);
    return texture;
  }

  /** For calls that can wait: what {@link take} gives at once, the source itself where it can be. */
  async settle(input: VideoInput): Promise<VideoSource | Pixels> {
    const { source } = input;
    await this.#compile();
    if ((this.#known(source) ?? RUNGS.memory) < RUNGS.memory) return source;
    if (this.#tries(input)) return source;
    const slow = await this.#loadSlow();
    const owner = {};
    return this.#tries(input, owner) ? source : slow.lateCopy(source, owner, input.name).copied();
  }

  #tries(input: VideoInput, owner: object = input): boolean {
    const hold = emptyHold();
    this.#engine.device.assertAlive();
    try {
      return this.take({ ...input, sampled: this.samples(input.source) }, hold, owner) !== undefined;
    } finally {
      this.#engine.release(hold);
    }
  }
}
