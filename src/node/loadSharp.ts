import type sharp from 'sharp';
import { UnsupportedError } from '../core/errors.ts';

/** The function that the npm package `sharp` exports. */
export type Sharp = typeof sharp;

/**
 * Imports the optional peer `sharp`, which decodes and encodes picture files.
 *
 * @param caller - the function the message names
 * @throws {@link UnsupportedError} where it is not installed or does not load.
 * @example
 * ```ts
 * const sharp = await loadSharp('decode');
 * ```
 */
export async function loadSharp(caller: string): Promise<Sharp> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new UnsupportedError(`${caller}: the npm package "sharp" does not load (${(cause as Error).message.split('\n', 1)[0]}). Install it: npm install sharp`, { cause });
  }
}
