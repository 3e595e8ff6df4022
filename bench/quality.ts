import type { Pixels } from '../src/io/pixels.ts';
import { psnr } from '../test/support/pictures.ts';
import type { Contestant } from './contestant.ts';
import { makePhoto } from './photo.ts';
import type { Quality } from './report.ts';
import type { NamedLook, SmallReference } from './scenario.ts';

/** A picture, and what it should become. */
export interface Example {
  readonly photo: Pixels;
  readonly painted: Pixels;
  /** Who painted it. */
  readonly by: string;
}

/** Compares what a contestant makes of the example with the example. */
export async function judge(contestant: Pick<Contestant, 'paint'>, { photo, painted, by }: Example, atLeast?: number): Promise<Quality> {
  const dB = psnr(await contestant.paint(photo), painted);
  return { kind: 'measured', dB: dB === Infinity ? 'identical' : dB, against: by, ...(atLeast === undefined ? {} : { atLeast }) };
}

/** Paints small references, each once. */
export function openReferences(sample: Pixels, read: (look: NamedLook, photo: Pixels) => Promise<Pixels>): (reference: SmallReference) => Promise<Example> {
  const examples = new Map<SmallReference, Promise<Example>>();
  const paint = async (reference: SmallReference): Promise<Example> => {
    const photo = reference.photo?.() ?? makePhoto(sample, { width: reference.width, height: Math.round((reference.width * 9) / 16) });
    return { photo, painted: await reference.paint(photo, read), by: `${reference.name} at ${photo.width}x${photo.height}` };
  };
  return (reference) => {
    const example = examples.get(reference) ?? paint(reference);
    examples.set(reference, example);
    return example;
  };
}
