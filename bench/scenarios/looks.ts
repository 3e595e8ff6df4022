import { decode } from 'fast-png';
import { looks as all } from '../../src/all.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { likenessOf } from '../../test/support/likeness.ts';
import { picture } from '../../test/support/pictures.ts';
import type { OwnRow, Scenario } from '../scenario.ts';

const goldens = import.meta.glob<string>('../../test/golden/look_*.png', { query: '?inline', import: 'default', eager: true });
const source = golden('source');

/** Every look against what its reference program makes of a small picture. */
export const looks: Scenario = {
  name: 'looks',
  own: all.map(({ name }) => row(name, golden(name))) as [OwnRow, ...OwnRow[]],
};

function golden(name: string): string {
  return goldens[`../../test/golden/look_${name}.png`]!;
}

function row(name: string, painted: string): OwnRow {
  return {
    name,
    look: { effect: name },
    atLeast: likenessOf(name),
    reference: { name: 'reference program', width: 128, photo: () => decoded(source), paint: () => decoded(painted) },
  };
}

function decoded(url: string): Pixels {
  const { data, width, height, channels } = decode(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  return picture(width, height, (x, y) => [...data.subarray(channels * (y * width + x), channels * (y * width + x) + 3)]);
}
