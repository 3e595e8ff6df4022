import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { emptyLayers, picture, renderRows } from './render.ts';
import type { Layers } from './render.ts';
import { soften } from './soften.ts';
import { develop } from './tone.ts';

// The same file runs twice: once as the program, and once more for each core as the worker that renders bands of rows.

const target = 'samples/still-life.jpg';
const largestFile = 300_000;
const bandHeight = 8;

/** Which bands a worker renders. */
interface Share {
  readonly start: number;
  readonly stride: number;
}

interface Band {
  readonly first: number;
  readonly layers: Layers;
}

/** Renders every `stride`th band, from the `start`th on, and posts each as it is done. */
function renderBands(start: number, stride: number): void {
  for (let first = start * bandHeight; first < picture.height; first += stride * bandHeight) {
    const end = Math.min(first + bandHeight, picture.height);
    const band: Band = { first, layers: renderRows(picture, first, end) };
    parentPort?.postMessage(band);
  }
}

function renderPicture(): Promise<Layers> {
  const layers = emptyLayers(picture.width, picture.height);
  const cores = availableParallelism();
  const workers = Array.from({ length: cores }, (_, start) => startWorker({ start, stride: cores }));
  const finished = workers.map((worker) => new Promise<void>((resolve, reject) => {
    worker.on('message', (band: Band) => place(band, layers));
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  }));
  return Promise.all(finished).then(() => layers);
}

function startWorker(share: Share): Worker {
  return new Worker(new URL(import.meta.url), { workerData: share });
}

function place({ first, layers: band }: Band, whole: Layers): void {
  for (const name of ['direct', 'bounced', 'colour', 'gleam', 'normal'] as const) {
    whole[name].set(band[name], first * picture.width * 3);
  }
  whole.distance.set(band.distance, first * picture.width);
}

/** The highest JPEG quality that stays within the size the package allows. */
async function smallEnoughJpeg(pixels: Uint8Array): Promise<Buffer> {
  const { width, height } = picture;
  for (let quality = 98; quality > 50; quality -= 1) {
    const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality, mozjpeg: true, chromaSubsampling: '4:4:4' })
      .toBuffer();
    if (jpeg.length <= largestFile) return jpeg;
  }
  throw new Error(`${target} does not fit into ${largestFile} bytes at any quality worth having`);
}

async function makePicture(): Promise<void> {
  const started = performance.now();
  const { width, height } = picture;
  const layers = await renderPicture();
  const jpeg = await smallEnoughJpeg(develop(soften(layers, width, height), width, height));
  await writeFile(target, jpeg);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${target}: ${width} x ${height}, ${jpeg.length} bytes, ${seconds} s`);
}

if (isMainThread) await makePicture();
else renderBands((workerData as Share).start, (workerData as Share).stride);
