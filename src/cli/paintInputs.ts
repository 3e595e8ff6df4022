import { DestroyedError, DeviceLostError, UnsupportedError } from '../core/errors.ts';
import type { Pixels } from '../io/pixels.ts';
import { decode } from '../node/decode.ts';
import { encode } from '../node/encode.ts';
import type { PictureStore, StoredPicture } from '../node/pictureStore.ts';
import { readBytes } from '../node/readBytes.ts';
import { Studio } from '../node/studio.ts';
import type { Pipeline } from '../studio/pipeline.ts';
import type { Input } from './findInputs.ts';
import { keptPaintings, type KeptPaintings } from './keptPaintings.ts';
import type { OutputPaths } from './nameOutputs.ts';
import type { PaintRequest } from './parseArguments.ts';
import { failureOf, type PaintedInput, type Report, type WrittenFile } from './report.ts';
import { writeWhole } from '../node/writeWhole.ts';

/** An input with where its paintings go. */
export interface PaintTask {
  readonly input: Input;
  readonly outputs: OutputPaths;
}

/** How the pictures are painted. */
export interface PaintSettings extends Pick<PaintRequest, 'looks' | 'format' | 'quality' | 'maxSize'> {
  /** Where paintings are kept from run to run, if they are. */
  readonly store: PictureStore | undefined;
}

/** A scaled-down picture may be decoded from more pixels than one that is painted whole. */
const MOST_PIXELS_SCALED = 1e9;
/** Four paintings of 24 megapixels fit; the library's own default is for pages that do other things too. */
const GPU_BYTES = 2 ** 31;

/**
 * Paints pictures one after the other with one studio and one pipeline, and writes them; the next is decoded meanwhile. What fails is reported and the others go on, after the loss of the GPU with a new studio.
 * The studio is made when the first picture is decoded, and destroyed in the end. A picture whose paintings are all kept is not decoded.
 *
 * @param onPainted - called after each picture
 * @param signal - stops it after the files that are being written
 */
export async function paintInputs(tasks: readonly PaintTask[], settings: PaintSettings, onPainted: (picture: PaintedInput) => void, signal: AbortSignal): Promise<Report> {
  const pictures: PaintedInput[] = [];
  let easel: Easel | undefined;
  const stop = (): void => easel?.studio.destroy();
  signal.addEventListener('abort', stop);
  try {
    let ahead = load(tasks[0], settings);
    for (const [index, { input, outputs }] of tasks.entries()) {
      const loaded = await ahead;
      ahead = load(tasks[index + 1], settings);
      if ('pixels' in loaded) easel ??= await setUp(settings);
      if (signal.aborted) break;
      const { files, error } = await finish(loaded, easel?.pipeline, outputs, settings);
      if (signal.aborted && error instanceof DestroyedError) break;
      // A package is not installed: every other picture would fail with the same words.
      if (error instanceof UnsupportedError) throw error;
      if (error instanceof DeviceLostError) {
        stop();
        easel = undefined;
      }
      const picture: PaintedInput = { input: input.path, outputs: files, ...(error === undefined ? {} : { error: failureOf(error) }) };
      pictures.push(picture);
      onPainted(picture);
    }
    return { pictures, metrics: easel?.studio.metrics() ?? null };
  } catch (error) {
    return { pictures, metrics: null, error: failureOf(error) };
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

interface Easel {
  readonly studio: Studio;
  readonly pipeline: Pipeline<string>;
}

async function setUp({ looks }: PaintSettings): Promise<Easel> {
  const studio = await Studio.create({ memory: { maxBytes: GPU_BYTES } });
  return { studio, pipeline: studio.pipeline(looks) };
}

type Loaded = { readonly pixels: Pixels; readonly kept: KeptPaintings | undefined } | { readonly pictures: ReadonlyMap<string, StoredPicture> } | { readonly error: unknown };

/** Never rejects: nobody listens while the picture before is painted. */
async function load(task: PaintTask | undefined, settings: PaintSettings): Promise<Loaded> {
  if (task === undefined || task.input.error !== undefined) return { error: task?.input.error };
  const { store, maxSize } = settings;
  try {
    const bytes = await readBytes(task.input.path);
    const kept = store === undefined ? undefined : await keptPaintings(store, bytes, settings);
    if (kept?.pictures !== undefined) return { pictures: kept.pictures };
    return { pixels: await decode(bytes, { maxSize, ...(maxSize === Infinity ? {} : { maxPixels: MOST_PIXELS_SCALED }) }), kept };
  } catch (error) {
    return { error };
  }
}

interface Finished {
  readonly files: WrittenFile[];
  readonly error?: unknown;
}

/** Paints what is not painted yet, and writes it. */
async function finish(loaded: Loaded, pipeline: Pipeline<string> | undefined, { paths }: OutputPaths, { format, quality }: PaintSettings): Promise<Finished> {
  if ('error' in loaded) return { files: [], error: loaded.error };
  const began = performance.now();
  if ('pictures' in loaded) return writeAll([...loaded.pictures], ([name, picture]) => write(name, picture, paths[name] as string, began, true));
  try {
    const paintings = Object.entries(await (pipeline as Pipeline<string>).read(loaded.pixels));
    return await writeAll(paintings, async ([name, painting]) => {
      const picture = { bytes: await encode(painting, { format, quality }), width: painting.width, height: painting.height };
      const file = await write(name, picture, paths[name] as string, began, false);
      await loaded.kept?.keep(name, picture);
      return file;
    });
  } catch (error) {
    return { files: [], error };
  }
}

/** One that fails leaves the others alone. */
async function writeAll<T>(items: readonly T[], writeOne: (item: T) => Promise<WrittenFile>): Promise<Finished> {
  const written = await Promise.allSettled(items.map(writeOne));
  const files = written.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = written.find((result) => result.status === 'rejected');
  return failed === undefined ? { files } : { files, error: failed.reason };
}

async function write(name: string, { bytes, width, height }: StoredPicture, path: string, began: number, cached: boolean): Promise<WrittenFile> {
  await writeWhole(path, bytes);
  return { name, path, width, height, milliseconds: Math.round(performance.now() - began), cached };
}
