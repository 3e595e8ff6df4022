import fc from 'fast-check';
import { expect, vi } from 'vitest';
import offset from '../support/kernels/offset.wgsl';
import { defineEffect, type Effect, type Look } from '../../src/core/effect.ts';
import type { Codec } from '../../src/io/codec.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import type { Pipeline } from '../../src/studio/pipeline.ts';
import { Studio } from '../../src/studio/studio.ts';
import { BudgetError } from '../../src/core/errors.ts';
import { equalized, shift, tinted } from '../support/effects.ts';
import { flat, scene, texel } from '../support/pictures.ts';
import { makeDevice, makeStudio, PATIENT, test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const SEED = 20;
const RED_OF_TINT = 51;

/** A picture of one grey, and of a size that only this grey has. */
function greyPicture(code: number): Pixels {
  return flat(4 + code, 3 + (code % 4), [code, code, code]);
}

/** More sizes at once than a pipeline keeps plans for. */
test('reads of many sizes at once, decoded in any order, give each its own picture and leave nothing', async () => {
  let scheduler: fc.Scheduler | undefined;
  const codec: Codec = {
    async decode(blob) {
      const picture = greyPicture(Number(await blob.text()));
      return scheduler === undefined ? picture : scheduler.schedule(Promise.resolve(picture), `decode ${picture.width}`);
    },
    encode: async () => new Blob(),
  };
  const studio = await makeStudio({ codec });
  const looks = [studio.pipeline(shift({ amount: 0.2 })), studio.pipeline(tinted({ red: 0.2 }))];
  const reads = fc.array(fc.record({ look: fc.nat(1), code: fc.nat(9), encoded: fc.boolean() }), { minLength: 5, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), reads, async (order, wanted) => {
      scheduler = order;
      const pictures = Promise.all(wanted.map(({ look, code, encoded }) => (looks[look] as Pipeline).read(encoded ? new Blob([String(code)]) : greyPicture(code))));
      for (const [i, picture] of (await order.waitFor(pictures)).entries()) {
        const { look, code } = wanted[i] as (typeof wanted)[number];
        const { width, height } = greyPicture(code);
        expect([picture.width, picture.height, ...texel(picture, 0, 0)]).toEqual([width, height, code + RED_OF_TINT, look === 0 ? code + RED_OF_TINT : code, look === 0 ? code + RED_OF_TINT : code, 255]);
      }
      const { bytes } = studio.metrics();
      expect([bytes.source, bytes.output, bytes.staging, bytes.pending]).toEqual([0, 0, 0, 0]);
    }),
    { seed: SEED, numRuns: 25 },
  );
  looks.forEach((look) => look.destroy());
  expect(studio.metrics().bytes.live).toBe(0);
  studio.destroy();
});

test('frames drawn between reads of one pipeline leave both right', async () => {
  const device = await makeDevice();
  const studio = await Studio.create({ device, memory: PATIENT });
  const look = studio.pipeline(tinted({ red: 0.2 }));
  const target = makeTexture(device, 6, 5);
  await look.ready;
  const reads = [];
  for (let code = 0; code < 8; code++) {
    reads.push(look.read(greyPicture(code)));
    look.render(greyPicture(code + 1), target);
    await Promise.resolve();
  }
  expect((await Promise.all(reads)).map((picture) => texel(picture, 0, 0))).toEqual([...reads.keys()].map((code) => [code + RED_OF_TINT, code, code, 255]));
  while (!look.render(flat(6, 5, [9, 9, 9]), target)) await new Promise((resolve) => setTimeout(resolve));
  expect(texel(await readTexture(device, target), 0, 0)).toEqual([9 + RED_OF_TINT, 9, 9, 255]);
  studio.destroy();
  device.destroy();
});

test('a read keeps what its plan has baked until it is submitted, though other calls drop the plan meanwhile', async () => {
  const device = await makeDevice();
  const studio = await Studio.create({ device, memory: PATIENT });
  const look = studio.pipeline(tinted({ red: 0.2 }));
  await look.ready;
  const target = makeTexture(device, 6, 5);
  // The GPU is asked whether it has the memory after a read was recorded, and before it is submitted.
  const { popErrorScope } = device;
  let dropped = false;
  vi.spyOn(device, 'popErrorScope').mockImplementationOnce(() => {
    queueMicrotask(() => {
      for (let code = 1; code <= 4; code++) look.render(greyPicture(code), target);
      studio.trim();
      dropped = true;
    });
    return popErrorScope.call(device);
  });
  expect(texel(await look.read(flat(40, 30, [9, 9, 9])), 0, 0)).toEqual([9 + RED_OF_TINT, 9, 9, 255]);
  expect(dropped).toBe(true);
  studio.destroy();
  expect(studio.metrics().created).toBe(studio.metrics().destroyed);
  device.destroy();
});

/** Does something while it is recorded. */
function meddling(act: () => void): Effect<Record<string, never>> {
  return defineEffect({
    name: 'meddling',
    params: {},
    build(graph, { source }) {
      act();
      return graph.compute(offset, { inputs: { source }, params: { amount: 0.2 } });
    },
  });
}

test('reads that fit one by one wait for each other where they do not fit together', async () => {
  const studio = await makeStudio({ memory: { maxBytes: 1_300_000 } });
  const pipeline = studio.pipeline(equalized());
  const sources = [1, 2, 3, 4].map((seed) => scene(200 + seed, 150));
  const alone = [];
  for (const source of sources) alone.push(await pipeline.read(source));
  expect(await Promise.all(sources.map((source) => pipeline.read(source)))).toEqual(alone);
  await expect(pipeline.read(scene(600, 500))).rejects.toThrow(BudgetError);
  studio.destroy();
});

test('an effect that paints with another pipeline while it is recorded harms neither', async ({ studio }) => {
  const other = studio.pipeline(tinted({ red: 0.2 }));
  await other.ready;
  const inner: Promise<Pixels>[] = [];
  const look = studio.pipeline(meddling(() => void inner.push(other.read(greyPicture(3))))());
  expect(texel(await look.read(greyPicture(5)), 0, 0)).toEqual([56, 56, 56, 255]);
  expect(inner.length).toBeGreaterThan(0);
  for (const picture of await Promise.all(inner)) expect(texel(picture, 0, 0)).toEqual([54, 3, 3, 255]);
  look.destroy();
  other.destroy();
});

test('what an effect throws while it is recorded comes to who called, and the next frame works', async ({ studio }) => {
  let fault: Error | undefined = new Error('of the effect');
  const faulty = meddling(() => {
    if (fault !== undefined) throw fault;
  });
  const broken: Look = [shift(), faulty()];
  expect(() => studio.pipeline(broken)).toThrow(fault);
  fault = undefined;
  const look = studio.pipeline(broken);
  await look.read(greyPicture(1));
  const before = studio.metrics().bytes;
  fault = new Error('of the effect, later');
  await expect(look.read(greyPicture(2))).rejects.toBe(fault);
  await expect(look.read(greyPicture(2), { inspect: 'nothing' })).rejects.toBe(fault);
  expect(() => look.estimate(8, 8)).toThrow(fault);
  expect(studio.metrics().bytes).toEqual(before);
  fault = undefined;
  expect(texel(await look.read(greyPicture(2)), 0, 0)).toEqual([53, 53, 53, 255]);
  look.destroy();
});

test('what a codec throws comes to who called, and the next picture is painted', async () => {
  const fault = new Error('of the codec');
  let broken: 'decode' | 'encode' | undefined;
  const codec: Codec = {
    async decode() {
      if (broken === 'decode') throw fault;
      return greyPicture(7);
    },
    async encode({ data }) {
      if (broken === 'encode') throw fault;
      return new Blob([String(data[0])]);
    },
  };
  const studio = await makeStudio({ codec });
  const look = studio.pipeline(shift());
  expect(await (await look.toBlob(new Blob())).text()).toBe('7');
  const before = studio.metrics().bytes;
  for (broken of ['decode', 'encode'] as const) {
    await expect(look.toBlob(new Blob())).rejects.toBe(fault);
    expect(studio.metrics().bytes).toEqual(before);
  }
  broken = undefined;
  expect(await (await look.toBlob(new Blob())).text()).toBe('7');
  studio.destroy();
});
