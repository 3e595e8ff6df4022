import { expect } from 'vitest';
import { adjust } from '../../src/effects/adjust.ts';
import { pencilDodge } from '../../src/effects/pencilDodge.ts';
import { stabilize } from '../../src/effects/stabilize.ts';
import { xdog } from '../../src/effects/xdog.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { halftone } from '../../src/looks/halftone.ts';
import { flat, hash, maxDifference, picture, scene } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const WIDTH = 72;
const HEIGHT = 48;

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Mean difference of the colours, in levels of 255. */
function distance(a: Pixels, b: Pixels): number {
  return a.data.reduce((sum, value, i) => sum + (i % 4 === 3 ? 0 : Math.abs(value - b.data[i]!)), 0) / (a.data.length * 0.75);
}

/** Of the last frames, where memory has settled: how much one differs from the one before. */
function changeOf(frames: readonly Pixels[]): number {
  const last = frames.slice(-3);
  return (distance(last[0]!, last[1]!) + distance(last[1]!, last[2]!)) / 2;
}

/** The largest distance of two frames of the same moment. */
function worst(a: readonly Pixels[], b: readonly Pixels[]): number {
  return Math.max(...a.map((frame, i) => distance(frame, b[i]!)));
}

/** Nearly normal noise with a standard deviation of 4 levels. */
function noisy(source: Pixels, frame: number): Pixels {
  const uniform = (i: number, k: number): number => hash(i, 4 * frame + k) - 0.5;
  return { ...source, data: source.data.map((value, i) => (i % 4 === 3 ? value : Math.round(value + 6.9 * (uniform(i, 0) + uniform(i, 1) + uniform(i, 2) + uniform(i, 3))))) };
}

/** A part of an endless scene of soft waves and posts with edges, that begins at x. */
function pan(x0: number): Pixels {
  return picture(WIDTH, HEIGHT, (column, y) => {
    const x = column + x0;
    const post = Math.min(Math.max(6 - Math.abs(((x + 0.3 * y) % 40) - 20), 0), 1);
    const wave = 60 * Math.sin(x / 7) * Math.cos(y / 9) + 30 * Math.sin((x + 2 * y) / 4.3);
    return [110 + wave + 70 * post, 120 + 0.6 * wave - 60 * post, 100 - 0.5 * wave + 20 * Math.sin(y / 5)];
  });
}

/** A bright disc with a dark stripe, over the scene that stands still. */
function passing(x0: number): Pixels {
  const still = pan(0);
  return picture(WIDTH, HEIGHT, (x, y) => {
    const share = Math.min(Math.max(11 - Math.hypot(x - x0, y - 24), 0), 1);
    const disc = Math.abs(y - 24 + 0.5 * (x - x0)) < 3 ? [30, 20, 60] : [240, 220, 160 + 3 * (y - 24)];
    return disc.map((value, c) => share * value + (1 - share) * still.data[4 * (WIDTH * y + x) + c]!);
  });
}

test.for([['adjust', adjust()], ['xdog', xdog()], ['halftone', halftone()]] as const)('%s: a noisy scene that stands still hardly flickers', async ([, look], { play }) => {
  const frames = times(5, (i) => noisy(pan(0), i));
  expect(changeOf(await play(stabilize(look), frames)) / changeOf(frames)).toBeLessThan(0.5);
});

// What xdog draws where is a matter of a hair; what pencilDodge draws hangs on all that is near.
test.for([
  ['pans by 2 px', xdog(), 2, times(4, (i) => pan(2 * i))],
  ['pans by 3.5 px', adjust(), 2, times(4, (i) => pan(3.5 * i))],
  ['pans by 6 px to the left', adjust(), 2, times(4, (i) => pan(-6 * i))],
  ['has a disc go through it by 3 px', pencilDodge(), 2, times(5, (i) => passing(18 + 3 * i))],
  ['has a disc go through it by 7 px', adjust(), 2, times(5, (i) => passing(14 + 7 * i))],
  // No more behind than noise hides.
  ['grows light by 2 levels a frame', adjust(), 3, times(8, (i) => ({ ...pan(0), data: pan(0).data.map((value) => value + 2 * i) }))],
] as const)('a scene that %s is painted as it is', async ([, look, most, frames], { play }) => {
  const [steady, plain] = [await play(stabilize(look), frames), await play(look, frames)];
  expect(worst(steady, plain)).toBeLessThan(most);
});

test('where a disc was, nothing of it is left', async ({ play }) => {
  const frames = times(4, (i) => passing(18 + 6 * i));
  const shown = (await play(stabilize(adjust()), frames)).at(-1)!;
  expect(maxDifference(shown, frames.at(-1)!)).toBeLessThan(24);
});

test('a cut shows at once', async ({ play }) => {
  const frames = [...times(2, () => pan(0)), scene(WIDTH, HEIGHT)];
  const look = xdog();
  expect(maxDifference((await play(stabilize(look), frames)).at(-1)!, (await play(look, frames)).at(-1)!)).toBe(0);
});

test('so does a change of parameters of what it steadies, and none of its own', async ({ play }) => {
  const frames = times(4, (i) => noisy(pan(0), i));
  const [plain, other, kept, set] = await Promise.all([
    play(adjust({ hue: 40 }), frames),
    play(stabilize(adjust()), frames, (i, pipeline) => i === 3 && pipeline.set('stabilize', { noise: 5 })),
    play(stabilize(adjust()), frames),
    play(stabilize(adjust()), frames, (i, pipeline) => i === 3 && pipeline.set('adjust', { hue: 40 })),
  ]);
  expect(maxDifference(set[3]!, plain[3]!)).toBe(0);
  expect(distance(other[3]!, kept[3]!)).toBeLessThan(0.5);
  expect(distance(kept[3]!, frames[3]!)).toBeGreaterThan(2);
});

test('another size begins anew', async ({ play }) => {
  const small = noisy(scene(40, 30), 3);
  const frames = [...times(2, (i) => noisy(pan(0), i)), small];
  expect(maxDifference((await play(stabilize(adjust()), frames))[2]!, small)).toBe(0);
});

test('it reads as the look does, and so it shows the first frame', async ({ render, play }) => {
  const first = noisy(pan(0), 0);
  const read = await render(halftone(), first);
  expect((await render(stabilize(halftone()), first)).data).toEqual(read.data);
  expect((await play(stabilize(halftone()), [first]))[0]!.data).toEqual(read.data);
});

test('at strength 0 it shows each frame as the look does', async ({ play }) => {
  const frames = times(3, (i) => noisy(pan(i), i));
  expect((await play(stabilize(xdog(), { strength: 0 }), frames)).map(({ data }) => data)).toEqual((await play(xdog(), frames)).map(({ data }) => data));
});

test('a frame that shows another output leaves its memory as it was', async ({ device, studio }) => {
  const pipeline = studio.pipeline({ steady: stabilize(adjust()), other: adjust({ hue: 90 }) });
  await pipeline.ready;
  const [steady, other] = [makeTexture(device, WIDTH, HEIGHT), makeTexture(device, WIDTH, HEIGHT)];
  const still = times(5, (i) => noisy(pan(0), i));
  for (const frame of still.slice(0, 4)) pipeline.render(frame, { steady });
  const before = await readTexture(device, steady);
  for (let i = 0; i < 3; i++) pipeline.render(flat(WIDTH, HEIGHT, [255, 0, 0]), { other });
  pipeline.render(still[4]!, { steady });
  expect(distance(await readTexture(device, steady), before)).toBeLessThan(0.15 * changeOf(still));
  pipeline.destroy();
  steady.destroy();
  other.destroy();
});
