import type { Engine } from '../core/engine.ts';
import { borrowedTexture, type RunHold } from '../core/compiledPlan.ts';
import { refused } from '../core/device.ts';
import { AtelierError, InputError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import type { PooledTexture, TextureKey } from '../core/texturePool.ts';
import { checkPixels, type Pixels } from './pixels.ts';
import { wholeOf, type Crop } from './placement.ts';

/**
 * A picture that can be painted at once.
 *
 * `HTMLVideoElement`: the picture it shows, once it has played to one; `requestVideoFrameCallback` tells. It need not be in the page. Browsers let videos play by themselves where they are `muted`, on phones also `playsInline`.
 * One of another origin needs `crossorigin="anonymous"` and CORS headers.
 *
 * `VideoFrame`: upright and at its display size. It stays yours to close, after the call or when its promise is settled, unless `close` is set.
 *
 * `GPUTexture`: 2D, float or unorm, straight alpha, with `TEXTURE_BINDING` usage.
 */
export type Source = Pixels | ImageData | ImageBitmap | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas | HTMLVideoElement | VideoFrame | GPUTexture;

/** A picture that is another one soon. */
export type VideoSource = HTMLVideoElement | VideoFrame;

/** A picture that calls which return a promise can paint: encoded ones too. */
export type AsyncSource = Source | Blob;

/** A source that was looked at: what kind it is and how large. */
export interface MeasuredSource extends Size {
  readonly kind: 'pixels' | 'image' | 'video' | 'texture';
  /** Whether its texels are linear light that the import has to encode. */
  readonly linear: boolean;
}

const TEXTURE_FORMATS: readonly GPUTextureFormat[] = ['rgba8unorm', 'rgba8unorm-srgb', 'bgra8unorm', 'bgra8unorm-srgb', 'rgba16float', 'rgba32float'];

/**
 * Finds out what a source is and whether it can be painted, before any GPU call.
 * @throws {@link InputError} where it cannot.
 */
export function measureSource(source: Source, maxSide: number): MeasuredSource {
  const measured = measureAny(source);
  assertSide(measured, maxSide);
  return measured;
}

/** @throws {@link InputError} where the source is longer than `maxSide` on one of its sides. */
export function assertSide(measured: MeasuredSource, maxSide: number): void {
  if (measured.width > maxSide || measured.height > maxSide) {
    throw new InputError(`the source is ${measured.width}x${measured.height}, and at most ${maxSide} pixels a side can be taken, by this GPU or by limits.maxSide; scale it down before, or give an encoded picture without a crop`, { code: 'input-too-large' });
  }
}

function measureAny(source: Source): MeasuredSource {
  if (isA(source, 'GPUTexture')) return measureTexture(source as GPUTexture);
  if (isA(source, 'Blob')) throw new InputError('the source is an encoded picture (Blob or File), which takes time to decode; use read, toBlob or batch');
  if (isA(source, 'HTMLVideoElement')) return measureVideoElement(source as HTMLVideoElement);
  if (isVideoFrame(source)) return measureVideoFrame(source);
  if (isA(source, 'HTMLImageElement')) return measureImageElement(source as HTMLImageElement);
  if (isA(source, 'ImageBitmap') || isA(source, 'HTMLCanvasElement') || isA(source, 'OffscreenCanvas')) return measureImage(source as ImageBitmap);
  if (typeof source !== 'object' || source === null) {
    throw new InputError(`the source is ${source === null ? 'null' : JSON.stringify(source)}, must be { data, width, height }, an ImageData, ImageBitmap, image, canvas, OffscreenCanvas, video, VideoFrame or GPUTexture, and where a promise is returned also a Blob or File`);
  }
  checkPixels(source, 'source');
  return { kind: 'pixels', width: (source as Pixels).width, height: (source as Pixels).height, linear: false };
}

/**
 * A frame that lives until we close it: the picture a video shows now.
 * @throws {@link InputError} where it shows none, which its `readyState` does not tell before it has played
 */
export function ownFrame(source: VideoSource): VideoFrame {
  if (isVideoFrame(source)) return source.clone();
  try {
    return new VideoFrame(source);
  } catch (cause) {
    throw cause instanceof DOMException && cause.name === 'InvalidStateError' ? notReady(source, cause) : cause;
  }
}

/** Whether it is a frame of a video. */
export function isVideoFrame(source: unknown): source is VideoFrame {
  return isA(source, 'VideoFrame');
}

/** Whether `value` is an instance of a class that need not exist in every runtime. */
export function isA(value: unknown, className: string): boolean {
  const constructor = (globalThis as Record<string, unknown>)[className];
  return typeof constructor === 'function' && value instanceof constructor;
}

function measureTexture(texture: GPUTexture): MeasuredSource {
  const { format, width, height } = texture;
  if (!TEXTURE_FORMATS.includes(format)) throw new InputError(`the source texture has the format ${format}, must be one of ${TEXTURE_FORMATS.join(', ')}`);
  if ((texture.usage & GPUTextureUsage.TEXTURE_BINDING) === 0) throw new InputError('the source texture lacks the usage TEXTURE_BINDING; add it where the texture is made');
  if (texture.dimension !== '2d' || texture.depthOrArrayLayers !== 1 || texture.mipLevelCount !== 1 || texture.sampleCount !== 1) throw new InputError('the source texture must be 2d with one layer, one mip level and one sample');
  return { kind: 'texture', width, height, linear: format.endsWith('-srgb') };
}

function measureImageElement(image: HTMLImageElement): MeasuredSource {
  if (!image.complete || image.naturalWidth === 0) throw new InputError('the source image is not loaded; wait for its decode()');
  return { kind: 'image', width: image.naturalWidth, height: image.naturalHeight, linear: false };
}

/** From here on a video has a picture. */
const HAVE_CURRENT_DATA = 2;

function measureVideoElement(video: HTMLVideoElement): MeasuredSource {
  const { readyState, videoWidth: width, videoHeight: height } = video;
  if (readyState < HAVE_CURRENT_DATA || width === 0 || height === 0) throw notReady(video);
  return { kind: 'video', width, height, linear: false };
}

function notReady({ readyState, videoWidth, videoHeight }: HTMLVideoElement, cause?: unknown): InputError {
  return new InputError(`the source video has no picture yet (readyState ${readyState}, ${videoWidth}x${videoHeight}); play it, and wait for its first frame, as requestVideoFrameCallback does`, { code: 'not-ready', recoverable: true, cause });
}

function measureVideoFrame({ displayWidth: width, displayHeight: height }: VideoFrame): MeasuredSource {
  if (width === 0 || height === 0) throw new InputError('the source frame was closed; close it after it was painted', { code: 'source-closed' });
  return { kind: 'video', width, height, linear: false };
}

function measureImage({ width, height }: Size): MeasuredSource {
  if (width === 0 || height === 0) throw new InputError(`the source is ${width}x${height}: it is empty or was closed; give it a size, or close it later`, { code: 'source-closed' });
  return { kind: 'image', width, height, linear: false };
}

/**
 * Textures that callers lend us, with the view we read or draw them through.
 * Owns: one view for each, as long as the texture is referenced elsewhere. Borrows: the textures.
 */
export class LentTextures {
  readonly #engine: Engine;
  readonly #known = new WeakMap<GPUTexture, PooledTexture>();
  #views = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  of(texture: GPUTexture): PooledTexture {
    let known = this.#known.get(texture);
    if (known === undefined) {
      known = borrowedTexture(texture, this.#engine.device.createView(texture));
      this.#known.set(texture, known);
      this.#views++;
    }
    return known;
  }

  destroy(): void {
    this.#engine.device.forget(this.#views);
    this.#views = 0;
  }
}

/** Brings a source that is no video, or a part of it, to the GPU: a caller's texture as it is, everything else into a pooled one that `hold` gives back. */
export function uploadSource(engine: Engine, lent: LentTextures, source: Source, measured: MeasuredSource, hold: RunHold, part: Crop = wholeOf(measured)): PooledTexture {
  if (measured.kind === 'texture') return lent.of(source as GPUTexture);
  const uploaded = acquireSource(engine, part, hold);
  const { queue } = engine.device.handle;
  try {
    if (measured.kind === 'pixels') writePixels(queue, source as Pixels, uploaded.texture, part);
    else copyImage(queue, source as ImageBitmap, uploaded.texture, part);
  } catch (cause) {
    throw measured.kind === 'pixels' ? refused('writeTexture', cause) : unreadable(cause);
  }
  return uploaded;
}

/** A texture to bring a source to. */
export function acquireSource(engine: Engine, { width, height }: Size, hold: RunHold): PooledTexture {
  const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST | GPUTextureUsage.RENDER_ATTACHMENT;
  const key: TextureKey = { width, height, format: 'rgba8unorm', usage };
  const lease = engine.textures.acquire(key, 'source');
  hold.textures.push(lease);
  return lease.resource;
}

/** Writes a part of some pixels to a texture of its size. */
export function writePixels(queue: GPUQueue, pixels: Pixels, texture: GPUTexture, { x, y, width, height }: Crop): void {
  queue.writeTexture({ texture }, pixels.data as Uint8ClampedArray<ArrayBuffer>, { offset: 4 * (y * pixels.width + x), bytesPerRow: 4 * pixels.width }, [width, height]);
}

/** Copies a part of what a browser holds to a texture of its size. */
export function copyImage(queue: GPUQueue, source: ImageBitmap | OffscreenCanvas | VideoSource, texture: GPUTexture, { x, y, width, height }: Crop): void {
  queue.copyExternalImageToTexture({ source, origin: [x, y] }, { texture, premultipliedAlpha: false, colorSpace: 'srgb' }, [width, height]);
}

/** Whether the browser keeps a source from being read. */
export function isTainted(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'SecurityError';
}

/** The error for a source that cannot be read, because of what the browser threw; errors of the library pass. */
export function unreadable(cause: unknown): AtelierError {
  if (cause instanceof AtelierError) return cause;
  if (isTainted(cause)) return new InputError('the source is tainted by a picture of another origin; serve that with CORS headers and load it with crossorigin="anonymous"', { code: 'tainted', cause });
  return new InputError(`the source cannot be read (${String(cause)}); it may be closed or have no context yet`, { code: 'source-closed', cause });
}
