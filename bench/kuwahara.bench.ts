// Anisotropic Kuwahara: exact against fast against preview, and fast over the radii, each with its quality against float64.
// The import of the source and the drawing on the target are timed apart, as `frame`, and taken off before a ratio is made.
import { join } from 'node:path';
import type { Look } from '../src/core/effect.ts';
import { adjust } from '../src/effects/adjust.ts';
import { anisotropicKuwahara, type AnisotropicKuwaharaParams } from '../src/effects/anisotropicKuwahara.ts';
import type { Pixels } from '../src/io/pixels.ts';
import { decode } from '../src/node/decode.ts';
import { createGpu } from '../src/node/gpu.ts';
import { Studio } from '../src/studio/studio.ts';
import { anisotropicKuwahara as reference } from '../test/reference/anisotropicKuwahara.ts';
import { psnr } from '../test/support/pictures.ts';
import { makeTexture, textureOf } from '../test/support/textures.ts';
import { interleave, type Scenario } from './interleave.ts';

const LONG_SIDE = 160;
const ROWS: readonly Partial<AnisotropicKuwaharaParams>[] = [
  { quality: 'exact', radius: 6 },
  { quality: 'fast', radius: 6 },
  { quality: 'preview', radius: 6 },
  { quality: 'exact', radius: 3 },
  { quality: 'fast', radius: 3 },
  { quality: 'fast', radius: 5 },
  { quality: 'fast', radius: 8 },
  { quality: 'fast', radius: 9 },
  { quality: 'fast', radius: 12 },
  { quality: 'fast', radius: 16 },
  { quality: 'fast', radius: 20 },
  { quality: 'fast', radius: 32 },
];
/** The reference visits every pixel of a square: above this radius it takes minutes. */
const LARGEST_REFERENCE = 12;

const gpu = await createGpu();
const adapter = await gpu.requestAdapter();
if (adapter === null) throw new Error('bench: there is no adapter');
const device = await adapter.requestDevice();
const studio = await Studio.create({ device });
const photo = await decode(join(import.meta.dirname, '../samples/still-life.jpg'), { maxSize: LONG_SIDE });
const source = textureOf(device, photo);
const target = makeTexture(device, photo.width, photo.height);

interface Row extends Scenario {
  readonly quality: number | undefined;
}

const references = new Map<number, Pixels>();
const rows: Row[] = [{ ...(await scenario('frame', adjust())), quality: undefined }];
for (const params of ROWS) {
  rows.push({ ...(await scenario(`${params.quality} R ${params.radius}`, anisotropicKuwahara(params))), quality: await qualityOf(params) });
}

async function scenario(name: string, look: Look): Promise<Scenario> {
  const pipeline = studio.pipeline(look);
  await pipeline.ready;
  return {
    name,
    async run() {
      pipeline.render(source, target);
      await device.queue.onSubmittedWorkDone();
    },
  };
}

async function qualityOf(params: Partial<AnisotropicKuwaharaParams>): Promise<number | undefined> {
  const { radius = 6 } = params;
  if (radius > LARGEST_REFERENCE) return undefined;
  const exact = references.get(radius) ?? reference(photo, { radius });
  references.set(radius, exact);
  const pipeline = studio.pipeline(anisotropicKuwahara(params));
  const painted = await pipeline.read(photo);
  pipeline.destroy();
  return psnr(painted, exact);
}

const timings = await interleave(rows);
const [frame = NaN, base = NaN] = timings.map(({ cpu }) => cpu);
console.log(`${adapter.info.description}, ${photo.width} x ${photo.height}; ratio = CPU of "${timings[1]?.name}" / own, both less that of "frame"`);
console.table(
  Object.fromEntries(
    timings.map(({ name, cpu, median, least }, i) => [
      name,
      {
        'CPU ms': Math.round(cpu),
        'wall ms': Math.round(median),
        'least ms': Math.round(least),
        ratio: i === 0 ? '' : Number(((base - frame) / (cpu - frame)).toFixed(2)),
        dB: rows[i]?.quality === undefined ? '' : Number(rows[i].quality.toFixed(1)),
      },
    ]),
  ),
);
studio.destroy();
