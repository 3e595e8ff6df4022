import { describe, expect, test } from 'vitest';
import { defineCombinator, defineEffect, optional, type Effect, type EffectDefinition, type Look } from '../../../src/core/effect.ts';
import { InputError, ParameterError } from '../../../src/core/errors.ts';
import { assertLook, mapSteps, parseLook, stepsOf } from '../../../src/core/look.ts';
import { float } from '../../../src/core/params.ts';

const build: EffectDefinition<object>['build'] = (_graph, { source }) => source;
const wash: Effect<{ size: number }> = defineEffect({ name: 'wash', params: { size: float(1, { min: 0, max: 2 }) }, inputs: { guide: optional('rgb') }, build });
const dots: Effect<Record<string, never>> = defineEffect({ name: 'dots', params: {}, build });
type Given = [first: Look, second: Look, input?: string];
const both: Effect<{ share: number }, Given> = defineCombinator({
  name: 'both', looks: ['first', 'second'], inputs: { mask: optional('r') }, params: { share: float(0.5, { min: 0, max: 1 }) }, build,
}, (...[first, second, input = 'mask']: Given) => ({ looks: { first, second }, inputs: { mask: input } }));

const names = (look: Look): string[] => stepsOf(look).map(({ effect }) => effect.name);

test('steps come in the order they paint, what is combined before what combines it', () => {
  expect(names([wash(), both([dots(), wash()], both(dots(), dots()))])).toEqual(['wash', 'dots', 'wash', 'dots', 'dots', 'both', 'both']);
});

test('a step is replaced at any depth, in that order, and the rest stays', () => {
  const look = [dots(), both(dots(), wash(), 'sky')];
  let count = 0;
  const changed = mapSteps(look, (step) => (count++ === 2 ? [dots(), dots()] : step));
  expect([count, names(changed)]).toEqual([4, ['dots', 'dots', 'dots', 'dots', 'both']]);
  expect(stepsOf(changed).at(-1)).toMatchObject({ params: { share: 0.5 }, inputs: { mask: 'sky' } });
  expect(names(look)).toEqual(['dots', 'dots', 'wash', 'both']);
});

describe('JSON', () => {
  test('of a plain step is its name and parameters', () => expect(JSON.parse(JSON.stringify(dots()))).toEqual({ effect: 'dots', params: {} }));

  test('carries combined looks and the names of inputs, and comes back the same', () => {
    const look: Look = [both([dots(), wash({ size: 2 })], both(dots(), dots(), 'sky')), wash.step({ inputs: { guide: 'depth' } })];
    const json: unknown = JSON.parse(JSON.stringify(look));
    expect(json).toMatchObject([{ effect: 'both', looks: { first: [{}, {}], second: { effect: 'both', inputs: { mask: 'sky' } } } }, { inputs: { guide: 'depth' } }]);
    expect(JSON.parse(JSON.stringify(parseLook(json, [both, dots, wash])))).toEqual(json);
  });

  test.each<[unknown, string]>([
    [{ effect: 'blur' }, 'there is no effect "blur" among wash, dots, both'],
    [{ effect: 'both', looks: { third: { effect: 'dots' } } }, 'both: there is no look "third"; it has first, second'],
    [{ effect: 'both', looks: { first: { effect: 'dots' } } }, 'both: the look "second" is missing; it combines first, second'],
    [{ effect: 'both', looks: { first: { effect: 'dots' }, second: { effect: 'ink' } } }, 'there is no effect "ink"'],
    [{ effect: 'dots', looks: { first: { effect: 'dots' } } }, 'dots: there is no look "first"; it has none'],
    [{ effect: 'wash', inputs: { mask: 'sky' } }, 'wash: there is no input "mask"; it has guide'],
    [{ effect: 'wash', inputs: { guide: 3 } }, 'wash: the input guide is bound as 3, must be a name'],
    [{ effect: 'wash', params: { size: 9 } }, 'wash: size is 9'],
    [{ effect: 'wash', params: { ['__proto__']: 9, size: null } }, 'wash: '],
  ])('that does not fit is refused: %j', (json, message) => {
    expect(() => parseLook(json, [wash, dots, both])).toThrow(ParameterError);
    expect(() => parseLook(json, [wash, dots, both])).toThrow(message);
  });

  test('with nothing where parts could be is as without them', () => {
    expect(parseLook({ effect: 'dots', params: null, looks: null, inputs: null }, [dots])).toMatchObject({ params: {}, looks: {}, inputs: {} });
  });
});

test('what is no look is refused, also where it is combined', () => {
  const refused = (second: unknown): (() => void) => () => assertLook([dots(), both(dots(), second as Look)], 'pipeline');
  expect(refused([dots(), both(wash(), wash())])).not.toThrow();
  expect(refused([])).toThrow(InputError);
  expect(refused(wash)).toThrow('pipeline: both: second: the look is the effect wash itself; call it: wash()');
  expect(refused({ effect: 'wash' })).toThrow("pipeline: both: second: the look is object, must be an effect's step, as pencilDodge(), or a list of them");
  expect(refused(undefined)).toThrow('pipeline: both: second: the look is undefined, must be');
  expect(() => assertLook(both.step(), 'pipeline')).toThrow('pipeline: both: first: the look is undefined');
});
