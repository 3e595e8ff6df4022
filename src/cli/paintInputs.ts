import { DestroyedError, DeviceLostError, UnsupportedError } from '../core/errors.ts';
import type { Pixels } from '../io/pixels.ts';
import { decode } from '../node/decode.ts';
import { encode } from '../node/encode.ts';
import { Studio } from '../node/studio.ts';
import type { Pipeline } from '../studio/pipeline.ts';
import type { Input } from './findInputs.ts';
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
export type PaintSettings = Pick<PaintRequest, 'looks' | 'format' | 'quality' | 'maxSize'>;

/** A scaled-down picture may be decoded from more pixels than one that is painted whole. */
const MOST_PIXELS_SCALED = 1e9;
/** Four paintings of 24 megapixels fit; the library's own default is for pages that do other things too. */
const GPU_BYTES = 2 ** 31;

/**
 * Paints pictures one after the other with one studio and one pipeline, and writes them; the next is decoded meanwhile. What fails is reported and the others go on, after the loss of the GPU with a new studio.
 * The studio is made when the first picture is decoded, and destroyed in the end.
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
      const { files, error } = 'pixels' in loaded ? await paintOne((easel as Easel).pipeline, loaded.pixels, outputs, settings) : { files: [], error: loaded.error };
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

type Loaded = { readonly pixels: Pixels } | { readonly error: unknown };

/** Never rejects: nobody listens while the picture before is painted. */
async function load(task: PaintTask | undefined, { maxSize }: PaintSettings): Promise<Loaded> {
  if (task === undefined || task.input.error !== undefined) return { error: task?.input.error };
  try {
    return { pixels: await decode(task.input.path, { maxSize, ...(maxSize === Infinity ? {} : { maxPixels: MOST_PIXELS_SCALED }) }) };
  } catch (error) {
    return { error };
  }
}

async function paintOne(pipeline: Pipeline<string>, pixels: Pixels, { paths }: OutputPaths, options: PaintSettings): Promise<{ files: WrittenFile[]; error?: unknown }> {
  const began = performance.now();
  try {
    const paintings = Object.entries(await pipeline.read(pixels));
    const paintingTime = performance.now() - began;
    const written = await Promise.allSettled(paintings.map(([name, painting]) => write(name, painting, paths[name] as string, options, paintingTime)));
    const files = written.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = written.find((result) => result.status === 'rejected');
    return failed === undefined ? { files } : { files, error: failed.reason };
  } catch (error) {
    return { files: [], error };
  }
}

async function write(name: string, painting: Pixels, path: string, { format, quality }: PaintSettings, paintingTime: number): Promise<WrittenFile> {
  const began = performance.now();
  await writeWhole(path, await encode(painting, { format, quality }));
  const { width, height } = painting;
  return { name, path, width, height, milliseconds: Math.round(paintingTime + performance.now() - began) };
}
