import { expect, test, vi } from 'vitest';
import { onAbort, untilAborted } from '../../../src/core/abort.ts';

const never = new Promise<never>(() => {});

test('gives what the promise gives, and leaves no listener on the signal', async () => {
  const { signal } = new AbortController();
  const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
  expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
  await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(await untilAborted(Promise.resolve(2), undefined)).toBe(2);
  expect([added.mock.calls.length, removed.mock.calls]).toEqual([2, added.mock.calls]);
});

test('rejects with the reason once the signal is aborted, also before', async () => {
  const stop = new AbortController();
  const waiting = untilAborted(never, stop.signal);
  stop.abort('enough');
  await expect(waiting).rejects.toBe('enough');
  await expect(untilAborted(never, stop.signal)).rejects.toBe('enough');
});

test('adds one listener to a signal however many wait, and takes it away after the last', () => {
  const stop = new AbortController();
  const [added, removed] = [vi.spyOn(stop.signal, 'addEventListener'), vi.spyOn(stop.signal, 'removeEventListener')];
  const told: number[] = [];
  const ignore = [...Array(12).keys()].map((i) => onAbort(stop.signal, () => told.push(i)));
  ignore.slice(1).forEach((leave) => leave());
  expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0]);
  stop.abort();
  ignore.forEach((leave) => leave());
  expect(told).toEqual([0]);
  expect(removed.mock.calls).toEqual(added.mock.calls);
});
