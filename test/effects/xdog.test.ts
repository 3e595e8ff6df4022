import { expect } from 'vitest';
import { xdog, type XdogParams } from '../../src/effects/xdog.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { softThreshold } from '../reference/thresholded.ts';
import { xdog as twin } from '../reference/xdog.ts';
import { flat, grey, hash, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
import { test } from '../support/studioTest.ts';

// Below 1.5 px the tensor has full size, as that of the twin.
const DEFAULTS: XdogParams = {
  sigma: 1.4, k: 1.6, sharpness: 20, epsilon: 50, phi: 0.1, threshold: 'soft', levels: 4, flow: true, along: 4, tensorSigma: 1, antialiasSigma: 1, ink: '#000000', paper: '#ffffff',
};

test.for<[Partial<XdogParams>, typeof scene]>([
  [{ flow: false }, scene],
  [{ flow: false, phi: 10, sharpness: 100 }, scene],
  [{ flow: false, phi: 0.02, sigma: 0.5, k: 3, sharpness: 8, epsilon: 80 }, scene],
  [{ flow: false, threshold: 'hard' }, scene],
  [{ flow: false, threshold: 'quantized', phi: 0.1, levels: 7, epsilon: 90 }, scene],
  [{ flow: false, threshold: 'none', sigma: 4 }, scene],
  [{ threshold: 'hard' }, shades],
  [{ threshold: 'quantized', phi: 1, sharpness: 3, epsilon: 100 }, shades],
  [{}, scene],
  [{ phi: 1, antialiasSigma: 0, along: 2 }, scene],
])('it is its twin: %o', async ([params, sourceOf], { render }) => {
  const source = sourceOf(48, 36);
  const all = { ...DEFAULTS, ...params };
  expect(psnr(await render(xdog(all), source), pictureOf(twin(fieldOf(source), all)))).toBeGreaterThan(45);
});

test('flat tones are thresholded as published, whatever the sharpness, in the colours of ink and paper', async ({ render }) => {
  // L* of the grey 119 is 50.03.
  for (const flow of [true, false]) {
    for (const [epsilon, phi] of [[60, 0.1], [70, 0.02]] as const) {
      const share = softThreshold(50.03, epsilon, phi);
      const [r, g, b] = texel(await render(xdog({ flow, epsilon, phi, sharpness: 30, ink: '#102030', paper: '#ffe0c0' }), flat(9, 9, grey(119))), 4, 4);
      [r! - (16 + 239 * share), g! - (32 + 192 * share), b! - (48 + 144 * share)].forEach((error) => expect(Math.abs(error)).toBeLessThan(1));
    }
    expect(texel(await render(xdog({ flow }), flat(9, 9, grey(255))), 4, 4)).toEqual([255, 255, 255, 255]);
    expect(texel(await render(xdog({ flow }), flat(9, 9, grey(0))), 4, 4)).toEqual([0, 0, 0, 255]);
  }
});

const neighbours = ({ data, width, height }: Pixels): number[] =>
  Array.from({ length: width * height }, (_, i) => i).flatMap((i) => [i % width < width - 1 ? i + 1 : i, i + width < width * height ? i + width : i].map((next) => Math.abs(data[4 * next]! - data[4 * i]!)));

test('no contour is jagged: however hard the threshold, there is a ramp between ink and paper', async ({ render }) => {
  const disc = picture(64, 64, (x, y) => grey(255 * Math.min(1, Math.max(0, Math.hypot(x - 31, y - 32) - 19))));
  for (const params of [{ threshold: 'hard' }, { phi: 10 }, { threshold: 'quantized', phi: 10 }] as const) {
    for (const flow of [true, false]) {
      const steps = neighbours(await render(xdog({ ...params, flow, antialiasSigma: 0 }), disc));
      expect(Math.max(...steps)).toBeGreaterThan(90);
      expect(Math.max(...steps)).toBeLessThan(220);
    }
  }
});

test('a staircase of tones has its levels where it is steep, and no jump where it is gentle', async ({ render }) => {
  const ramp = picture(256, 5, (x) => grey(x));
  const tones = async (phi: number): Promise<number[]> => {
    const drawn = await render(xdog({ threshold: 'quantized', phi, levels: 5, sharpness: 0, epsilon: 100, flow: false }), ramp);
    return Array.from({ length: 256 }, (_, x) => texel(drawn, x, 2)[0]!);
  };
  const steep = await tones(2);
  for (const tread of [0.1, 0.3, 0.5, 0.7, 0.9]) expect(steep.filter((tone) => Math.abs(tone - 255 * tread) <= 1).length).toBeGreaterThan(30);
  const gentle = await tones(0.02);
  gentle.slice(1).forEach((tone, x) => expect(tone - gentle[x]!).toBeLessThanOrEqual(3));
});

test('along the flow noise makes no specks, and broken lines are joined', async ({ render }) => {
  const stripes = picture(64, 64, (x, y) => grey(170 + 50 * Math.sin((0.8 * x + 0.6 * y) / 2.5) + 60 * (hash(x, y) - 0.5)));
  const unrest = async (flow: boolean): Promise<number> => neighbours(await render(xdog({ flow, epsilon: 65, phi: 1, antialiasSigma: 0, sigma: 1 }), stripes)).reduce((sum, step) => sum + step, 0);
  expect(await unrest(true)).toBeLessThan(0.75 * (await unrest(false)));
});

test('a mirrored picture is drawn mirrored', async ({ render }) => {
  // A multiple of all reductions of the tensor.
  const source = shades(64, 48);
  expect(psnr(mirrored(await render(xdog(), source)), await render(xdog(), mirrored(source)))).toBeGreaterThan(45);
  const turned = await render(xdog({ flow: false }), transposed(source));
  expect(maxDifference(transposed(await render(xdog({ flow: false }), source)), turned)).toBeLessThanOrEqual(1);
});

test('alpha stays, tiny pictures are drawn, and what is out of range is refused', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) {
    const source = picture(width, height, (x, y) => [100 + ((7 * x + 13 * y) % 50), 120, 140, x % 2 === 0 ? 255 : 130]);
    for (const params of [{}, { flow: false, sigma: 10, k: 5 }, { sigma: 10, k: 5, tensorSigma: 10 }]) {
      const { data } = await render(xdog(params), source);
      for (let i = 3; i < data.length; i += 4) expect(data[i]).toBe(source.data[i]);
    }
  }
  expect(() => xdog({ epsilon: 0 })).toThrow('epsilon');
  expect(() => xdog({ sigma: 11 })).toThrow('sigma');
});
