import { expect, test, vi } from 'vitest';
import { abortable } from '../../../src/core/abortable.ts';

const never = new Promise<never>(() => {});

test('gives what the promise gives, and leaves no listener on the signal', async () => {
  const { signal } = new AbortController();
  const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
  expect(await abortable(Promise.resolve(1), signal)).toBe(1);
  await expect(abortable(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(await abortable(Promise.resolve(2), undefined)).toBe(2);
  await Promise.resolve();
  expect([added.mock.calls.length, removed.mock.calls]).toEqual([2, added.mock.calls]);
});

test('rejects with the reason once the signal is aborted, also before', async () => {
  const stop = new AbortController();
  const waiting = abortable(never, stop.signal);
  stop.abort('enough');
  await expect(waiting).rejects.toBe('enough');
  await expect(abortable(never, stop.signal)).rejects.toBe('enough');
});
