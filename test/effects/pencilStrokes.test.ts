import { expect } from 'vitest';
import { pencilStrokes } from '../../src/effects/pencilStrokes.ts';
import { paper } from '../reference/paper.ts';
import { pencilStrokes as twin } from '../reference/pencilStrokes.ts';
import { flat, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('it is its twin', async ({ render }) => {
  const [width, height] = [112, 80];
  const source = scene(width, height);
  const clamp = (value: number, last: number): number => Math.min(Math.max(value, 0), last);
  const at = (x: number, y: number): [number, number, number] => texel(source, clamp(x, width - 1), clamp(y, height - 1)).slice(0, 3).map((code) => code / 255) as [number, number, number];
  const facts = { unit: 1.5, angle: (-50 * Math.PI) / 180, cover: 0.95, wash: 0.12, lines: 1, grain: 0.6, seed: 4 };
  const sheet = { tooth: 1.6, fibres: 0.35, flow: (130 * width) / 1024, seed: 4 };
  const expected = picture(width, height, (x, y) => twin(x, y, at, paper(x, y, sheet)[0], facts).map((value) => 255 * value));
  // A few strokes read the texel beside the one the twin reads, where their middle lies on a border.
  expect(psnr(await render(pencilStrokes({ size: 2, seed: 4 }), source), expected)).toBeGreaterThan(44);
});

test('white stays white', async ({ render }) => {
  expect(maxDifference(await render(pencilStrokes({ cover: 2, wash: 1, lines: 2 }), flat(40, 30, [255, 255, 255])), flat(40, 30, [255, 255, 255]))).toBe(0);
});

test('a grey picture gives a grey drawing, darker where the picture is', async ({ render }) => {
  const ramp = picture(160, 40, (x) => {
    const code = [255, 170, 85, 20][Math.floor(x / 40)]!;
    return [code, code, code];
  });
  const drawing = await render(pencilStrokes(), ramp);
  const mean = (part: number): number => {
    let sum = 0;
    for (let y = 8; y < 32; y++) for (let x = 40 * part + 8; x < 40 * part + 32; x++) {
      const [r, g, b] = texel(drawing, x, y);
      expect([g, b]).toEqual([r, r]);
      sum += r! / 24 ** 2;
    }
    return sum;
  };
  const tones = [0, 1, 2, 3].map(mean);
  for (let i = 1; i < 4; i++) expect(tones[i]!).toBeLessThan(tones[i - 1]! - 15);
  expect(tones[3]!).toBeLessThan(70);
});

test('another seed is another hand; without strokes and wash only lines are left', async ({ render }) => {
  const source = scene(64, 48);
  expect(psnr(await render(pencilStrokes(), source), await render(pencilStrokes({ seed: 2 }), source))).toBeLessThan(30);
  expect(maxDifference(await render(pencilStrokes({ cover: 0 }), flat(33, 17, [90, 90, 90])), flat(33, 17, [255, 255, 255]))).toBe(0);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) {
    const [red = 0] = texel(await render(pencilStrokes({ wash: 1 }), flat(width, height, [60, 60, 60])), 0, 0);
    expect(red).toBeLessThan(110);
  }
});
