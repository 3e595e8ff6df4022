import { expect, test, vi } from 'vitest';
import { untilAborted } from '../../../src/core/abort.ts';

const never = new Promise<never>(() => {});

test('gives what the promise gives, and puts one listener on a signal however many calls it stops', async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
  await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(await untilAborted(Promise.resolve(2), undefined)).toBe(2);
  expect(added).toHaveBeenCalledTimes(1);
});

test('rejects with the reason once the signal is aborted, also before', async () => {
  const stop = new AbortController();
  const waiting = untilAborted(never, stop.signal);
  stop.abort('enough');
  await expect(waiting).rejects.toBe('enough');
  await expect(untilAborted(never, stop.signal)).rejects.toBe('enough');
});
