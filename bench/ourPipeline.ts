import { effects, looks } from '../src/all.ts';
import { PLAINEST_TRAITS, type LineKernels } from '../src/core/deviceTraits.ts';
import { defineEffect, type Look } from '../src/core/effect.ts';
import { parseLook } from '../src/core/look.ts';
import type { Pixels } from '../src/io/pixels.ts';
import { Studio } from '../src/studio/studio.ts';
import { makeTexture, textureOf } from '../test/support/textures.ts';
import type { Contestant } from './contestant.ts';
import { planFacts, type PlanFacts } from './planFacts.ts';
import type { OwnRow } from './scenario.ts';
import { timeFrames } from './timeFrames.ts';

/** One of our looks, ready to be timed. Owns: a studio of its own and two textures. */
export interface OurPipeline {
  /** From texture to texture. */
  readonly kernels: Contestant;
  /** From pixels in memory to pixels in memory. */
  readonly endToEnd: Contestant;
  /** Which kernels its studio chose or was told to take. */
  readonly lineKernels: LineKernels;
  /** What a frame of its size does. */
  readonly facts: PlanFacts;
  /** Most bytes its plans held at once. */
  poolBytes(): number;
  destroy(): void;
}

/**
 * Makes a pipeline for one picture.
 * @throws {@link ParameterError} where there is no such effect, or none with these parameters.
 */
export async function openPipeline(device: GPUDevice, { look, ...row }: Pick<OwnRow, 'name' | 'look' | 'lineKernels'>, photo: Pixels): Promise<OurPipeline> {
  return open(device, { ...row, look: parseLook(look, [...effects, ...looks]) }, photo);
}

/** What every frame does before and after its effect: the import and the last pass. */
export function openFrame(device: GPUDevice, photo: Pixels): Promise<OurPipeline> {
  return open(device, { name: 'import and last pass alone', look: nothing() }, photo);
}

const nothing = defineEffect<Record<string, never>>({ name: 'nothing', params: {}, build: (_graph, { source }) => source });

async function open(device: GPUDevice, { name, look, lineKernels }: { readonly name: string; readonly look: Look; readonly lineKernels?: LineKernels }, photo: Pixels): Promise<OurPipeline> {
  const studio = await Studio.create({ device, ...(lineKernels === undefined ? {} : { lineKernels }) });
  const pipeline = studio.pipeline(look);
  await pipeline.ready;
  const source = textureOf(device, photo);
  const target = makeTexture(device, photo.width, photo.height);
  const paint = (photo: Pixels): Promise<Pixels> => pipeline.read(photo);
  return {
    kernels: {
      name,
      paint,
      run: (times) =>
        timeFrames(device, times, (encoder) => {
          const recorded = pipeline.encode(encoder, { source, target });
          if (recorded === undefined) throw new Error(`${name}: nothing was drawn; paint once before timing`);
          return () => recorded.submitted();
        }),
    },
    endToEnd: {
      name: `${name}, pixels in and out`,
      paint,
      async run(times) {
        const usage = process.cpuUsage();
        const start = performance.now();
        for (let frame = 0; frame < times; frame++) await paint(photo);
        const wall = (performance.now() - start) / times;
        const { user, system } = process.cpuUsage(usage);
        return { wall, cpu: (user + system) / 1000 / times };
      },
    },
    facts: planFacts(look, photo, { ...PLAINEST_TRAITS, ...studio.metrics().adapter }),
    lineKernels: studio.metrics().adapter.lineKernels,
    poolBytes: () => studio.metrics().bytes.peak,
    destroy() {
      studio.destroy();
      source.destroy();
      target.destroy();
    },
  };
}
