import { join } from 'node:path';
import { decode } from '../src/node/decode.ts';
import { benchmark } from './benchmark.ts';

/**
 * The command as it runs in the checkout. Returns the exit code.
 * @param folder - this one; the compiled script lies elsewhere
 */
export function run(folder: string, words: readonly string[]): Promise<number> {
  return benchmark(words, {
    peers: join(folder, 'peers'),
    results: join(folder, 'results'),
    loadSample: () => decode(join(folder, '../samples/still-life.jpg')),
  });
}
