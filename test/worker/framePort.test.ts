import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { FrameSender, framesOfPort } from '../../src/worker/framePort.ts';

/** Stands for a frame that is transferred: it stays the same object, and counts how often it was closed. */
class Frame {
  closes = 0;
  close(): void {
    this.closes++;
  }
}

/** One end of a channel that delivers in the next task. A closed end sends and hears nothing; what it sent before arrives. */
class Port extends EventTarget {
  other: Port | undefined;
  isOpen = true;
  postMessage(data: unknown): void {
    if (this.isOpen) setTimeout(() => this.other?.isOpen === true && this.other.dispatchEvent(new MessageEvent('message', { data })));
  }
  start(): void {}
  close(): void {
    this.isOpen = false;
  }
}

function channel(): { here: MessagePort; there: MessagePort } {
  const [here, there] = [new Port(), new Port()];
  here.other = there;
  there.other = here;
  return { here: here as unknown as MessagePort, there: there as unknown as MessagePort };
}

/** A stream that gives what the test pushes. */
function pushed(): { source: ReadableStream<VideoFrame>; push(): Frame; close(): void; fail(error: unknown): void } {
  let controller: ReadableStreamDefaultController<VideoFrame> | undefined;
  const source = new ReadableStream<VideoFrame>({ start: (given) => void (controller = given) });
  const push = (): Frame => {
    const frame = new Frame();
    controller?.enqueue(frame as unknown as VideoFrame);
    return frame;
  };
  return { source, push, close: () => controller?.close(), fail: (error) => controller?.error(error) };
}

/** All that is begun is done. */
async function settled(): Promise<void> {
  for (let task = 0; task < 5; task++) await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => void vi.stubGlobal('VideoFrame', Frame));
afterEach(() => void vi.unstubAllGlobals());

test('frames go over one at a time, the newest when it is asked for, and those between are closed', async () => {
  const { here, there } = channel();
  const { source, push, close } = pushed();
  const reader = framesOfPort(there).getReader();
  void new FrameSender(source, here);
  const old = [push(), push()];
  await settled();
  const newest = push();
  await settled();
  expect((await reader.read()).value).toBe(newest);
  expect([...old, newest].map(({ closes }) => closes)).toEqual([1, 1, 0]);
  const next = reader.read();
  await settled();
  const second = push();
  expect((await next).value).toBe(second);
  const waiting = push();
  await settled();
  close();
  await settled();
  expect([waiting.closes, second.closes]).toEqual([1, 0]);
  expect(await reader.read()).toEqual({ done: true, value: undefined });
});

test('a frame that is on its way when the worker wants none any more is closed there, one that waits is closed here', async () => {
  const { here, there } = channel();
  const { source, push } = pushed();
  const reader = framesOfPort(there).getReader();
  const arrived: unknown[] = [];
  there.addEventListener('message', ({ data }) => arrived.push(data));
  void new FrameSender(source, here);
  const reading = reader.read();
  await settled();
  // It leaves the page while word comes from the worker that it wants none.
  void reader.cancel();
  const [late, waiting] = [push(), push()];
  await settled();
  expect(await reading).toEqual({ done: true, value: undefined });
  expect(arrived, 'the frame, and the end').toEqual([late, { end: undefined }]);
  expect([late.closes, waiting.closes]).toEqual([1, 1]);
});

test('a paused sender closes what comes; what ends the source ends the stream, with the same error', async () => {
  const { here, there } = channel();
  const { source, push, fail } = pushed();
  const reader = framesOfPort(there).getReader();
  const sender = new FrameSender(source, here);
  const reading = reader.read().catch((error: unknown) => error);
  await settled();
  sender.pause(true);
  const unseen = push();
  await settled();
  expect(unseen.closes).toBe(1);
  sender.pause(false);
  fail(new InputError('no more', { code: 'tainted' }));
  const error = await reading;
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ message: 'no more', code: 'tainted', recoverable: false });
});
