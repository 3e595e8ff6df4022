import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BudgetError, DeviceLostError, InputError, ParameterError } from '../../../src/core/errors.ts';
import type { Source } from '../../../src/io/source.ts';
import { Live, type AttachOptions } from '../../../src/studio/live.ts';
import type { LiveSource } from '../../../src/studio/liveFrames.ts';
import type { RenderOptions } from '../../../src/studio/pipeline.ts';

const STILL = { data: new Uint8ClampedArray(4), width: 1, height: 1 };
const RATE = 10;
const PERIOD = 1000 / RATE;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A pipeline that notes what it is told, on a GPU that is done when a test says so. */
class FakePainter {
  readonly painted: { readonly source: Source; readonly options: RenderOptions }[] = [];
  /** What is on the GPU, the oldest first. */
  readonly onGpu: (() => void)[] = [];
  readonly longestSide = 8192;
  ready: Promise<void> = Promise.resolve();
  answer: (source: Source, options: RenderOptions) => boolean = () => true;
  left = vi.fn();

  render(source: Source, options: RenderOptions): boolean {
    const drawn = this.answer(source, options);
    if (drawn) this.painted.push({ source, options });
    return drawn;
  }

  gpuDone(): Promise<void> {
    return new Promise((resolve) => this.onGpu.push(resolve));
  }

  /** The GPU is done with its oldest frame. */
  async finish(): Promise<void> {
    this.onGpu.shift()?.();
    await settle();
  }
}

/** Lets everything happen that waits for no time to pass. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

async function attach(painter: FakePainter, source: LiveSource, options: AttachOptions = {}): Promise<Live> {
  const live = new Live(painter, source, [], { frameRate: RATE, ...options });
  // Its module is loaded in real time.
  await vi.dynamicImportSettled();
  await settle();
  return live;
}

/** How `ended` stands. */
async function endOf(live: Live): Promise<unknown> {
  return Promise.race([live.ended.then(() => 'resolved', (error: unknown) => error), settle().then(() => 'pending')]);
}

/** A stream of frames that count how often they were closed. */
function frameStream(highWaterMark = 1): { readonly stream: ReadableStream<VideoFrame>; readonly frames: { closed: number }[]; bring(count: number): Promise<void>; end(): void; fail(error: Error): void; readonly cancelled: () => boolean } {
  let controller: ReadableStreamDefaultController<VideoFrame>;
  let isCancelled = false;
  const frames: { closed: number }[] = [];
  const stream = new ReadableStream<VideoFrame>({ start: (given) => void (controller = given), cancel: () => void (isCancelled = true) }, { highWaterMark });
  return {
    stream,
    frames,
    async bring(count) {
      for (let i = 0; i < count; i++) {
        const frame = { closed: 0, close: () => frame.closed++ };
        frames.push(frame);
        controller.enqueue(frame as unknown as VideoFrame);
      }
      await settle();
    },
    end: () => controller.close(),
    fail: (error) => controller.error(error),
    cancelled: () => isCancelled,
  };
}

const closings = (frames: readonly { closed: number }[]): number[] => frames.map(({ closed }) => closed);

describe('a picture that is looked at again and again', () => {
  test('is painted at the rate, two frames on the GPU at most; what comes meanwhile is dropped and counted', async () => {
    const painter = new FakePainter();
    const live = await attach(painter, STILL);
    await vi.advanceTimersByTimeAsync(5 * PERIOD);
    expect(painter.onGpu).toHaveLength(2);
    expect(live.stats).toMatchObject({ painted: 2, dropped: 3, skipped: 0 });
    await painter.finish();
    await vi.advanceTimersByTimeAsync(2 * PERIOD);
    expect(live.stats).toMatchObject({ painted: 3, dropped: 4 });
    live.stop();
    await painter.finish();
    await vi.advanceTimersByTimeAsync(5 * PERIOD);
    expect(painter.painted).toHaveLength(3);
  });

  test('begins when the pipeline is ready', async () => {
    const painter = new FakePainter();
    let ready = (): void => {};
    painter.ready = new Promise((resolve) => (ready = resolve));
    const live = await attach(painter, STILL);
    await vi.advanceTimersByTimeAsync(5 * PERIOD);
    expect(live.stats).toMatchObject({ painted: 0, dropped: 0, skipped: 0 });
    ready();
    await vi.advanceTimersByTimeAsync(PERIOD);
    expect(live.stats.painted).toBe(1);
    live.stop();
  });

  test('another frame rate holds from the next frame on', async () => {
    const painter = new FakePainter();
    const live = await attach(painter, STILL);
    await vi.advanceTimersByTimeAsync(PERIOD);
    await painter.finish();
    live.set({ frameRate: RATE / 10 });
    await vi.advanceTimersByTimeAsync(PERIOD);
    await painter.finish();
    await vi.advanceTimersByTimeAsync(9 * PERIOD);
    expect(live.stats.painted).toBe(2);
    await vi.advanceTimersByTimeAsync(PERIOD);
    expect(live.stats.painted).toBe(3);
    live.stop();
  });

  test('a pipeline that never gets ready ends it; one whose device is lost does not', async () => {
    const painter = new FakePainter();
    painter.ready = Promise.reject(new InputError('no such kernel'));
    expect(await endOf(await attach(painter, STILL))).toBeInstanceOf(InputError);
    painter.ready = Promise.reject(new DeviceLostError('gone'));
    const live = await attach(painter, STILL);
    expect(await endOf(live)).toBe('pending');
    live.stop();
  });

  test('says in its statistics how fast it is', async () => {
    const painter = new FakePainter();
    painter.answer = () => (vi.setSystemTime(Date.now()), vi.advanceTimersByTime(3), true);
    const live = await attach(painter, STILL, { scale: 0.5 });
    for (let frame = 0; frame < 25; frame++) {
      await vi.advanceTimersByTimeAsync(PERIOD - 3);
      await vi.advanceTimersByTimeAsync(7);
      await painter.finish();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(live.stats.fps).toBeGreaterThanOrEqual(RATE - 1);
    expect(live.stats.fps).toBeLessThanOrEqual(RATE + 1);
    expect(live.stats.milliseconds).toBeCloseTo(3, 5);
    expect(live.stats.gpuMilliseconds).toBeGreaterThan(3);
    expect(live.stats.scale).toBe(0.5);
    live.pause();
    expect(live.stats.fps).toBe(0);
    live.stop();
  });

  test('two frames that wait for each other on the GPU are each counted their own time', async () => {
    const painter = new FakePainter();
    const live = await attach(painter, STILL);
    await vi.advanceTimersByTimeAsync(2 * PERIOD);
    // The first took 150 ms from its submit, the second 50 ms more.
    await vi.advanceTimersByTimeAsync(50);
    await painter.finish();
    await vi.advanceTimersByTimeAsync(40);
    await painter.finish();
    expect(live.stats.gpuMilliseconds).toBeCloseTo((150 + 40) / 2, 5);
    live.stop();
  });

  test('rests while it is paused', async () => {
    const painter = new FakePainter();
    const live = await attach(painter, STILL);
    live.pause();
    expect(live.paused).toBe(true);
    await vi.advanceTimersByTimeAsync(5 * PERIOD);
    expect(painter.painted).toHaveLength(0);
    live.resume();
    live.resume();
    await vi.advanceTimersByTimeAsync(PERIOD);
    expect(painter.painted).toHaveLength(1);
    live.stop();
    live.resume();
    await vi.advanceTimersByTimeAsync(PERIOD);
    expect(painter.painted).toHaveLength(1);
  });

  test('with other options it paints as before until it can paint with these', async () => {
    const painter = new FakePainter();
    let compiled = true;
    painter.answer = (_source, { scale }) => scale === 1 || compiled;
    const live = await attach(painter, STILL);
    const frame = async (): Promise<void> => {
      await vi.advanceTimersByTimeAsync(PERIOD);
      await painter.finish();
    };
    await frame();
    compiled = false;
    live.set({ scale: 0.5 });
    await frame();
    expect(live.stats).toMatchObject({ painted: 2, skipped: 0, scale: 1 });
    compiled = true;
    await frame();
    expect(live.stats).toMatchObject({ painted: 3, skipped: 0, scale: 0.5 });
    expect(painter.painted.map(({ options }) => options.scale)).toEqual([1, 1, 0.5]);
    live.stop();
  });
});

describe('quality auto', () => {
  test('paints smaller where the GPU takes too long, along the edges, and as before until it can', async () => {
    const painter = new FakePainter();
    let compiled = false;
    painter.answer = (_source, { scale }) => scale === 1 || compiled;
    const live = await attach(painter, STILL, { quality: 'auto' });
    const frame = async (took: number): Promise<void> => {
      await vi.advanceTimersByTimeAsync(took);
      await painter.finish();
      await vi.advanceTimersByTimeAsync(Math.max(0, PERIOD - took));
    };
    await frame(PERIOD);
    for (let i = 0; i < 14; i++) await frame(2 * PERIOD);
    expect(live.stats).toMatchObject({ skipped: 0, scale: 1 });
    compiled = true;
    await frame(2 * PERIOD);
    expect(live.stats.scale).toBeLessThan(0.7);
    expect(painter.painted.at(-1)?.options).toMatchObject({ scale: live.stats.scale, upsample: 'edges' });
    expect(live.stats.skipped).toBe(0);
    live.set({ quality: 'full', upsample: 'smooth' });
    await frame(PERIOD);
    await frame(PERIOD);
    expect(painter.painted.at(-1)?.options).toMatchObject({ scale: 1, upsample: 'smooth' });
    live.stop();
  });

  test('paints smaller where there is no memory', async () => {
    const painter = new FakePainter();
    painter.answer = (_source, { scale = 1 }) => {
      if (scale > 0.4) throw new BudgetError('too large');
      return true;
    };
    const live = await attach(painter, STILL, { quality: 'auto', scale: 0.8 });
    for (let i = 0; i < 6; i++) await vi.advanceTimersByTimeAsync(PERIOD);
    expect(live.stats.painted).toBeGreaterThan(0);
    expect(live.stats.scale).toBeCloseTo(0.4, 5);
    live.stop();
  });
});

describe('a stream of frames', () => {
  test('each is closed once: painted, dropped for a newer one, or still waiting when it stops', async () => {
    const painter = new FakePainter();
    const { stream, frames, bring, cancelled } = frameStream();
    const live = await attach(painter, stream);
    for (let frame = 0; frame < 5; frame++) await bring(1);
    expect(closings(frames)).toEqual([1, 1, 1, 1, 0]);
    expect(live.stats).toMatchObject({ painted: 2, dropped: 2 });
    await painter.finish();
    expect(painter.painted.map(({ source }) => frames.indexOf(source as never))).toEqual([0, 1, 4]);
    await bring(2);
    expect(closings(frames)).toEqual([1, 1, 1, 1, 1, 1, 0]);
    live.stop();
    await settle();
    expect(closings(frames)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(cancelled()).toBe(true);
    expect(await endOf(live)).toBe('resolved');
    await painter.finish();
    expect(painter.painted).toHaveLength(3);
  });

  test('frames that wait in the stream when it stops are closed too', async () => {
    const painter = new FakePainter();
    const { stream, frames, bring } = frameStream(4);
    const live = await attach(painter, stream);
    const brought = bring(40);
    live.stop();
    await brought;
    expect(closings(frames)).toEqual(Array.from({ length: 40 }, () => 1));
    expect(painter.painted).toHaveLength(0);
  });

  test('what waits in it is closed too where it is stopped at once', async () => {
    const painter = new FakePainter();
    const { stream, frames, bring, cancelled } = frameStream(2);
    await bring(2);
    const live = new Live(painter, stream, [], {});
    live.stop();
    expect(await endOf(live)).toBe('resolved');
    await vi.dynamicImportSettled();
    await settle();
    expect(closings(frames)).toEqual([1, 1]);
    expect(cancelled()).toBe(true);
  });

  test('while it is paused or not ready its frames are read and closed, and none is kept', async () => {
    const painter = new FakePainter();
    let ready = (): void => {};
    painter.ready = new Promise((resolve) => (ready = resolve));
    const { stream, frames, bring } = frameStream();
    const live = await attach(painter, stream);
    await bring(1);
    expect(closings(frames)).toEqual([1]);
    ready();
    await settle();
    await bring(3);
    expect(closings(frames)).toEqual([1, 1, 1, 0]);
    live.pause();
    expect(closings(frames)).toEqual([1, 1, 1, 1]);
    await bring(1);
    expect(closings(frames)).toEqual([1, 1, 1, 1, 1]);
    expect(painter.painted).toHaveLength(2);
    live.resume();
    await painter.finish();
    await bring(1);
    expect(painter.painted).toHaveLength(3);
    live.stop();
  });

  test('a frame that fails is closed once; what passes is skipped, what lasts ends it', async () => {
    const painter = new FakePainter();
    const { stream, frames, bring, cancelled } = frameStream();
    const live = await attach(painter, stream);
    const fails = (error?: Error) => {
      painter.answer = () => {
        if (error !== undefined) throw error;
        return false;
      };
    };
    fails();
    await bring(1);
    fails(new InputError('closed', { code: 'source-closed' }));
    await bring(1);
    fails(new DeviceLostError('waits for setDevice'));
    await bring(40);
    expect(live.stats).toMatchObject({ painted: 0, skipped: 42, dropped: 0 });
    expect(await endOf(live)).toBe('pending');
    const tainted = new InputError('tainted', { code: 'tainted' });
    fails(tainted);
    await bring(1);
    expect(await endOf(live)).toBe(tainted);
    expect(closings(frames)).toEqual(frames.map(() => 1));
    expect(cancelled()).toBe(true);
    expect(painter.left).toHaveBeenCalledOnce();
  });

  test('memory refused now and then passes, again and again it does not', async () => {
    const painter = new FakePainter();
    const { stream, bring } = frameStream();
    const live = await attach(painter, stream);
    const full = new BudgetError('too large');
    let refuses = true;
    painter.answer = () => {
      if (refuses) throw full;
      return true;
    };
    await bring(30);
    refuses = false;
    await bring(1);
    refuses = true;
    await bring(30);
    expect(await endOf(live)).toBe('pending');
    await bring(1);
    expect(await endOf(live)).toBe(full);
  });

  test('its end is the end, and so is its failure', async () => {
    const painter = new FakePainter();
    const ending = frameStream();
    const live = await attach(painter, ending.stream);
    ending.end();
    expect(await endOf(live)).toBe('resolved');
    const failing = frameStream();
    const other = await attach(painter, failing.stream);
    const error = new Error('the camera was unplugged');
    failing.fail(error);
    expect(await endOf(other)).toBe(error);
  });

  test('what is no frame, and a stream that has a reader, are told', async () => {
    const painter = new FakePainter();
    const wrong = new ReadableStream({ start: (controller) => controller.enqueue('a frame') });
    expect(await endOf(await attach(painter, wrong))).toMatchObject({ message: expect.stringContaining('brought string') });
    const { stream } = frameStream();
    stream.getReader();
    expect(await endOf(await attach(painter, stream))).toBeInstanceOf(InputError);
  });
});

test('onFrame is told of each painted frame, may stop it, and ends it with what it throws', async () => {
  const painter = new FakePainter();
  const { stream, bring } = frameStream();
  const counts: number[] = [];
  const live: Live = await attach(painter, stream, { onFrame: ({ painted }) => counts.push(painted) === 2 && live.stop() });
  await bring(1);
  await bring(1);
  expect(counts).toEqual([1, 2]);
  expect(await endOf(live)).toBe('resolved');
  const error = new Error('no such element');
  const other = await attach(painter, STILL, { onFrame: () => { throw error; } });
  await vi.advanceTimersByTimeAsync(PERIOD);
  expect(await endOf(other)).toBe(error);
});

test('options that do not fit are refused at once', async () => {
  const painter = new FakePainter();
  for (const options of [{ frameRate: 0 }, { frameRate: Number.NaN }, { resize: 1 }, { onFrame: 'x' }] as unknown as AttachOptions[]) await expect(attach(painter, STILL, options)).rejects.toThrow(ParameterError);
  for (const options of [{ fit: 'covr' }, { maxSize: -3 }, { scale: 2 }, { orientation: 0 }, { upsample: 'sharp' }] as unknown as AttachOptions[]) await expect(attach(painter, STILL, options)).rejects.toThrow(InputError);
  const live = await attach(painter, STILL);
  expect(() => live.set({ scale: 2 })).toThrow(InputError);
  live[Symbol.dispose]();
  expect(await endOf(live)).toBe('resolved');
});
