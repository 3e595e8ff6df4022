import { describe, expect } from 'vitest';
import { parseLook } from '../../src/core/look.ts';
import { blend } from '../../src/effects/blend.ts';
import { mask } from '../../src/effects/mask.ts';
import { equalized, masked, shift } from '../support/effects.ts';
import { flat, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const GREY = flat(6, 5, [100, 100, 100]);
const LEFT = { data: new Uint8ClampedArray([255, 0, 0, 255, 0, 0, 0, 255]), width: 2, height: 1 };

describe('set', () => {
  test('reaches combinators and the steps inside, and they keep the rest', async ({ studio }) => {
    const look = studio.pipeline(shift(), mask([blend(shift({ amount: 0.2 }), equalized(), { opacity: 0 }), masked()], 'sky'));
    look.set('blend', { mode: 'darken', opacity: 1 });
    look.set(1, { amount: 0.1 });
    look.set('mask', { invert: true });
    const red = async (x: number, inputs = {}): Promise<number | undefined> => texel(await look.read(GREY, { inputs }), x, 2)[0];
    expect(await red(0)).toBe(126);
    expect([await red(0, { sky: LEFT }), await red(5, { sky: LEFT })]).toEqual([100, 126]);
    expect(() => look.set('shift', { amount: 0 })).toThrow('2 steps are called "shift"; name one as output.effect, or by its index: 0 shift, 1 shift, 2 equalized, 3 blend, 4 masked, 5 mask');
    expect(() => look.set('blend', { opacity: 2 })).toThrow('blend: opacity is 2, must be in [0, 1]');
    look.destroy();
  });

  test('compiles nothing for another opacity', async ({ studio }) => {
    const look = studio.pipeline(blend(shift(), shift({ amount: 0.4 }), { opacity: 0 }));
    await look.read(GREY);
    const { created } = studio.metrics();
    look.set('blend', { opacity: 0.5 });
    expect(texel(await look.read(GREY), 0, 0)[0]).toBe(151);
    expect(studio.metrics().created).toBe(created);
    look.destroy();
  });
});

describe('inputs', () => {
  test('have the names that steps bind them by, and reach the looks that are combined', async ({ studio }) => {
    const look = studio.pipeline(mask(masked.step({ inputs: { mask: 'glow' } }), 'sky'));
    const glow = flat(1, 1, [50, 0, 0]);
    const picture = await look.read(GREY, { inputs: { sky: LEFT, glow } });
    expect([texel(picture, 0, 0)[0], texel(picture, 5, 0)[0]]).toEqual([150, 100]);
    await expect(look.read(GREY, { inputs: { mask: LEFT } })).rejects.toThrow('there is no input "mask"; the effects of this pipeline have glow, sky');
    look.destroy();
  });
});

test('a look that was read back from JSON paints the same', async ({ studio, render }) => {
  const look = [mask(blend(shift({ amount: 0.3 }), [equalized(), shift({ amount: -0.5 })], { mode: 'difference', opacity: 0.8 }), 'sky', { invert: true }), shift({ amount: 0.1 })];
  const back = studio.pipeline(parseLook(JSON.parse(JSON.stringify(look)), [blend, mask, shift, equalized]));
  const options = { inputs: { sky: LEFT } };
  expect((await back.read(GREY, options)).data).toEqual((await render(look, GREY, options)).data);
  back.destroy();
});
