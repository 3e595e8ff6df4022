import { afterEach, describe, expect, vi } from 'vitest';
import { DestroyedError, ParameterError } from '../../src/core/errors.ts';
import type { Codec } from '../../src/io/codec.ts';
import type { Metrics } from '../../src/studio/metrics.ts';
import type { Pipeline } from '../../src/studio/pipeline.ts';
import type { Studio } from '../../src/studio/studio.ts';
import { shift } from '../support/effects.ts';
import { flat, texel } from '../support/pictures.ts';
import { makeStudio, test } from '../support/studioTest.ts';

const GREY = flat(6, 5, [100, 100, 100]);
const LOOKS = { plain: shift(), light: shift({ amount: 0.1 }) };
/** How far a rejection may travel until who waits for it knows: microtasks of the task that stopped the call. */
const MICROTASKS = 20;

afterEach(() => void vi.restoreAllMocks());

/** Calls `act` before the next call of a method. */
function before<T extends object>(prototype: T, name: keyof T & string, act: () => void): void {
  const original = prototype[name] as (...args: unknown[]) => unknown;
  vi.spyOn(prototype, name as never).mockImplementationOnce(function (this: T, ...args: unknown[]) {
    act();
    return original.apply(this, args);
  } as never);
}

const codec: Codec = { decode: async () => GREY, encode: async ({ data }) => new Blob([String(data[0])]) };

/** Where a call can be when it is stopped. */
const STAGES: Readonly<Record<string, (act: () => void) => void>> = {
  'while kernels compile': (act) => queueMicrotask(act),
  'while it is decoded': (act) => before(codec, 'decode', () => queueMicrotask(act)),
  'while the GPU is asked for memory': (act) => before(GPUDevice.prototype, 'popErrorScope', act),
  'while the GPU paints': (act) => before(GPUBuffer.prototype, 'mapAsync', act),
  'while it is encoded': (act) => before(codec, 'encode', act),
};

interface Stage {
  readonly studio: Studio;
  readonly look: Pipeline<'plain' | 'light'>;
  readonly controller: AbortController;
}

const REASON = { reason: 'of mine' };
const ENDS: Readonly<Record<string, (stage: Stage) => void>> = {
  'an aborted call': ({ controller }) => controller.abort(REASON),
  'a call of a destroyed pipeline': ({ look }) => look.destroy(),
  'a call of a destroyed studio': ({ studio }) => studio.destroy(),
};

function held({ bytes: { live, pending, source, output, staging } }: Metrics): number {
  return live + pending + source + output + staging;
}

describe.each(Object.entries(ENDS))('%s', (whose, end) => {
  test.for(Object.entries(STAGES))('rejects in the same task %s, submits nothing more and gives everything back', async ([name, atStage]) => {
    const studio = await makeStudio({ codec });
    const look = studio.pipeline(LOOKS);
    if (name !== 'while kernels compile') await look.ready;
    const controller = new AbortController();
    const submit = vi.spyOn(GPUQueue.prototype, 'submit');
    const work = (): number => submit.mock.calls.filter(([buffers]) => [...buffers].length > 0).length;
    let submitted = -1;
    let settled: Promise<boolean> | undefined;
    atStage(() => {
      end({ studio, look, controller });
      submitted = work();
      settled = settlesInThisTask(call);
    });
    const call = look.toBlob(new Blob(), { signal: controller.signal });
    const error = await call.catch((reason: unknown) => reason);
    expect(controller.signal.aborted ? error === REASON : error instanceof DestroyedError, String(error)).toBe(true);
    expect(await settled).toBe(true);
    await look[Symbol.asyncDispose]();
    expect(work()).toBe(submitted);
    expect(held(studio.metrics())).toBe(0);
    if (!whose.endsWith('studio')) expect(texel(await studio.pipeline(shift()).read(GREY), 0, 0)).toEqual([100, 100, 100, 255]);
    studio.destroy();
    expect(studio.metrics().destroyed).toBe(studio.metrics().created);
  });
});

async function settlesInThisTask(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const note = (): void => void (settled = true);
  promise.then(note, note);
  for (let i = 0; i < MICROTASKS; i++) await Promise.resolve();
  return settled;
}

describe('a signal', () => {
  test('that is aborted already stops a call before it decodes', async ({ studio }) => {
    const decode = vi.spyOn(codec, 'decode');
    const look = studio.pipeline(shift());
    await expect(look.read(new Blob(), { signal: AbortSignal.abort(REASON) })).rejects.toBe(REASON);
    expect(decode).not.toHaveBeenCalled();
    look.destroy();
  });

  test('gives an AbortError where no reason was given', async ({ studio }) => {
    const look = studio.pipeline(shift());
    const controller = new AbortController();
    const call = look.read(GREY, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    look.destroy();
  });

  test('of a page gets one listener however many calls it stops', async ({ studio }) => {
    const look = studio.pipeline(shift());
    const controller = new AbortController();
    const listen = vi.spyOn(controller.signal, 'addEventListener');
    const calls = [...Array(12).keys()].map(() => look.read(GREY, { signal: controller.signal }));
    await calls[0];
    controller.abort(REASON);
    const stopped = await Promise.allSettled([...calls, look.read(GREY, { signal: controller.signal })]);
    expect(stopped.at(-1)).toEqual({ status: 'rejected', reason: REASON });
    expect(listen).toHaveBeenCalledTimes(1);
    look.destroy();
  });

  test('that is none is refused', async ({ studio }) => {
    const look = studio.pipeline(shift());
    await expect(look.read(GREY, { signal: new AbortController() as unknown as AbortSignal })).rejects.toThrow('read: signal is an AbortController, must be an AbortSignal');
    await expect(look.toBlob(GREY, { signal: null as unknown as AbortSignal })).rejects.toThrow(ParameterError);
    look.destroy();
  });
});

test('a picture that was decoded for a stopped call is closed', async () => {
  let give = (_picture: typeof GREY & { close(): void }): void => {};
  const late: Codec = { ...codec, decode: () => new Promise((resolve) => (give = resolve as typeof give)) };
  const studio = await makeStudio({ codec: late });
  const look = studio.pipeline(shift());
  const controller = new AbortController();
  const call = look.read(new Blob(), { signal: controller.signal });
  controller.abort(REASON);
  await expect(call).rejects.toBe(REASON);
  const close = vi.fn();
  give({ ...GREY, close });
  await look[Symbol.asyncDispose]();
  expect(close).toHaveBeenCalledTimes(1);
  studio.destroy();
});

describe('await using', () => {
  test('lets a pipeline finish what it began, and refuses more', async ({ studio }) => {
    const look = studio.pipeline(shift({ amount: 0.1 }));
    const begun = look.read(GREY);
    const disposed = look[Symbol.asyncDispose]();
    await expect(look.read(GREY)).rejects.toThrow(DestroyedError);
    await disposed;
    expect(texel(await begun, 0, 0)).toEqual([126, 126, 126, 255]);
    expect(held(studio.metrics())).toBe(0);
  });

  test('lets a studio finish what its pipelines began', async () => {
    const studio = await makeStudio({ codec });
    const begun = [studio.pipeline(shift()).read(GREY), studio.pipeline(LOOKS).toBlob(new Blob())];
    const disposed = studio[Symbol.asyncDispose]();
    expect(() => studio.pipeline(shift())).toThrow('the studio was destroyed');
    await disposed;
    expect((await Promise.allSettled(begun)).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const { bytes, created, destroyed } = studio.metrics();
    expect([bytes.pooled, bytes.uniforms, created - destroyed]).toEqual([0, 0, 0]);
  });
});
