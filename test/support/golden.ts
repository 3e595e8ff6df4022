import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture } from './pictures.ts';

/** Reads an 8-bit PNG of `test/golden/`: gray, rgb or rgba. */
export async function golden(name: string): Promise<Pixels> {
  const { data, width, height, channels } = decode(await readFile(new URL(`../golden/${name}.png`, import.meta.url)));
  return picture(width, height, (x, y) => {
    const [r = 0, ...rest] = data.subarray(channels * (y * width + x), channels * (y * width + x + 1));
    return channels < 3 ? [r, r, r] : [r, ...rest];
  });
}
