import { describe, expect, test } from 'vitest';
import { AtelierError } from '../../src/core/errors.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { Studio } from '../../src/studio/studio.ts';
import { equalized, grown, tinted } from '../support/effects.ts';
import { FaultyGpu, type FaultKind } from '../support/faultyGpu.ts';
import { scene } from '../support/pictures.ts';
import { makeDevice, PATIENT } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

// Histograms in buffers, a baked texture, a history that begins: everything a plan can hold.
const LOOK = { a: [equalized(), tinted()], b: grown() };
const SOURCE = scene(12, 9);

interface Painted {
  readonly read: Readonly<Record<'a' | 'b', Pixels>>;
  readonly shown: Pixels;
}

/** Everything a caller does: a picture into memory, live frames, a trim. */
async function paint(studio: Studio, target: GPUTexture): Promise<Painted['read']> {
  const pipeline = studio.pipeline(LOOK);
  try {
    const read = await pipeline.read(SOURCE);
    await pipeline.ready;
    for (let frame = 0; frame < 2; frame++) while (!pipeline.render(SOURCE, { b: target })) await new Promise((resolve) => setTimeout(resolve));
    studio.trim();
    return read;
  } finally {
    pipeline.destroy();
  }
}

async function paintWhole(studio: Studio, device: GPUDevice, target: GPUTexture): Promise<Painted> {
  return { read: await paint(studio, target), shown: await readTexture(device, target) };
}

/** Paints with one fault, then without, on the same studio, and gives what was broken. */
async function withFault(kind: FaultKind, at: number, device: GPUDevice, healthy: Painted): Promise<{ reached: boolean; broken: string[] }> {
  const broken: string[] = [];
  const target = makeTexture(device, 12, 9);
  const studio = await Studio.create({ device, memory: PATIENT, trace: true });
  const faulty = new FaultyGpu(kind, at);
  try {
    await paint(studio, target);
  } catch (error) {
    if (!(error instanceof AtelierError)) broken.push(`not typed: ${String(error)}`);
  } finally {
    faulty.restore();
  }
  try {
    expect(await paintWhole(studio, device, target)).toEqual(healthy);
  } catch (error) {
    broken.push(`a healthy run afterwards: ${String(error).slice(0, 300)}`);
  }
  studio.destroy();
  target.destroy();
  const { created, destroyed, bytes: { peak: _peak, budget: _budget, ...held } } = studio.metrics();
  if (studio.tracer?.snapshot().resources.length !== 0) broken.push(`the tracer sees ${JSON.stringify(studio.tracer?.snapshot().resources)}`);
  if (created !== destroyed) broken.push(`${created} made, ${destroyed} destroyed`);
  for (const [line, bytes] of Object.entries(held)) if (bytes !== 0) broken.push(`${bytes} bytes ${line}`);
  return { reached: faulty.failed !== undefined, broken: broken.map((what) => `${kind} at ${at}, ${faulty.failed}: ${what}`) };
}

describe('whatever call of WebGPU fails', () => {
  test.for(['throw', 'null', 'memory'] as const)('%s: the error is typed, nothing is left, and the next picture is right', async (kind) => {
    const device = await makeDevice();
    const witness = await Studio.create({ device, memory: PATIENT });
    const target = makeTexture(device, 12, 9);
    const healthy = await paintWhole(witness, device, target);
    witness.destroy();
    const broken: string[] = [];
    let at = 1;
    for (let reached = true; reached; at++) {
      const run = await withFault(kind, at, device, healthy);
      broken.push(...run.broken);
      reached = run.reached;
    }
    expect(broken).toEqual([]);
    expect(at).toBeGreaterThan(kind === 'memory' ? 8 : 20);
    device.destroy();
  });
});
