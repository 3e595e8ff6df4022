import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../src/cli/catalog.ts';
import { parseArguments, type PaintRequest } from '../../src/cli/parseArguments.ts';
import { defineCombinator, defineEffect, type EffectDefinition } from '../../src/core/effect.ts';
import { ParameterError } from '../../src/core/errors.ts';
import { stepsOf } from '../../src/core/look.ts';
import { bool, choice, color, colors, float, int, list, seed } from '../../src/core/params.ts';

const build: EffectDefinition<object>['build'] = (_graph, { source }) => source;
const dots = defineEffect<{ size: number; count: number; round: boolean; shape: string; ink: string; inks: string[]; angles: number[]; seed: number }>({
  name: 'dots',
  params: {
    size: float(4, { min: 0.5, max: 64, unit: 'px' }),
    count: int(3, { min: 1, max: 9 }),
    round: bool(true),
    shape: choice('disc', ['disc', 'ring']) as never,
    ink: color('#000000'),
    inks: colors(['#000000'], { most: 3 }),
    angles: list([15, 75, 0, 45], { min: 0, max: 90, unit: 'deg' }),
    seed: seed(),
  },
  build,
});
const wash = defineEffect<{ size: number }>({ name: 'wash', params: { size: float(1, { min: 0, max: 2 }) }, build });
const grand = defineEffect<{ size: number }>({ name: 'grand', params: { size: float(1, { min: 0, max: 2 }) }, build });
const both = defineCombinator<Record<string, never>, [], 'first'>({ name: 'both', looks: ['first'], params: {}, build }, () => ({}));
const catalog: Catalog = { effects: [dots, wash, both], looks: [grand], presets: { studio: { sketch: dots(), oil: [dots(), wash()] }, cv2: { sketch: wash() } } };

const parse = (...words: string[]): PaintRequest => parseArguments(words, catalog) as PaintRequest;
/** The painted steps by output: names and parameters that were set. */
const paramsOf = (...words: string[]): object[] => Object.values(parse(...words).looks).flatMap(stepsOf).map(({ params }) => params);

describe('what is painted', () => {
  test('without words: the studio preset of the sample, into the current folder', () => {
    expect(parse()).toEqual({ kind: 'paint', inputs: [], looks: catalog.presets['studio'], out: '.', format: 'png', quality: 90, maxSize: Infinity, json: false });
  });
  test('every option', () => {
    expect(parse('a.png', '--preset', 'cv2', '--out', 'there', '--format=jpeg', '--quality', '80', '--max-size', '512', '--cache', 'kept', '--json', 'b')).toEqual({
      kind: 'paint', inputs: ['a.png', 'b'], looks: catalog.presets['cv2'], out: 'there', format: 'jpeg', quality: 80, maxSize: 512, cache: { folder: 'kept', maxBytes: 512e6 }, json: true,
    });
  });
  test('a file whose name begins with a dash', () => expect(parse('--', '-a.png').inputs).toEqual(['-a.png']));
  test('one effect is one painting of its name', () => expect(Object.keys(parse('--effect', 'wash').looks)).toEqual(['wash']));
  test('several effects are a chain in their order', () => {
    const { looks } = parse('--effect', 'wash', '--effect', 'dots', '--effect', 'wash');
    expect(Object.keys(looks)).toEqual(['wash-dots-wash']);
    expect(stepsOf(looks['wash-dots-wash']!).map(({ effect }) => effect.name)).toEqual(['wash', 'dots', 'wash']);
  });
  test('a look, and effects on it', () => {
    expect(Object.keys(parse('--look', 'grand').looks)).toEqual(['grand']);
    expect(Object.keys(parse('--effect', 'wash', '--look', 'grand').looks)).toEqual(['grand-wash']);
  });
});

describe('--set', () => {
  test('a value of each kind', () => {
    expect(paramsOf('--effect', 'dots', '--set', 'size=0.5', '--set', 'count=9', '--set', 'round=false', '--set', 'shape=ring', '--set', 'ink=#12aBff', '--set', 'inks=#1a1a2e, #e94560', '--set', 'angles=0,1.5, 2,90', '--set', 'dots.seed=4294967295')).toEqual([
      { size: 0.5, count: 9, round: false, shape: 'ring', ink: '#12aBff', inks: ['#1a1a2e', '#e94560'], angles: [0, 1.5, 2, 90], seed: 4294967295 },
    ]);
  });
  test('an empty list of colours', () => expect(paramsOf('--effect', 'dots', '--set', 'inks=')).toMatchObject([{ inks: [] }]));
  test('of several effects by name or by place', () => {
    expect(paramsOf('--effect', 'wash', '--effect', 'dots', '--set', 'wash.size=2', '--set', '2.size=7')).toMatchObject([{ size: 2 }, { size: 7 }]);
    expect(paramsOf('--effect', 'wash', '--effect', 'wash', '--set', '1.size=2', '--set', '2.size=0')).toEqual([{ size: 2 }, { size: 0 }]);
  });
  test('the last of equal keys counts', () => expect(paramsOf('--effect', 'wash', '--set', 'size=1', '--set', 'size=2')).toEqual([{ size: 2 }]));
});

describe('wrong usage', () => {
  test.each<[message: string, ...words: string[]]>([
    [`Unknown option '--efect'`, '--efect', 'dots'],
    [`Option '--out <value>' argument missing`, '--out'],
    [`Option '--json' does not take an argument`, '--json=yes'],
    ['there is no effect "paint"; there are dots, wash, both', '--effect', 'paint'],
    ['there is no effect "grand"; there are dots, wash, both; "grand" is a look: give --look grand', '--effect', 'grand'],
    ['there is no look "wash"; there are grand; "wash" is an effect: give --effect wash', '--look', 'wash'],
    ['both combines looks, which a command line cannot say; paint it from code or JSON', '--effect', 'both'],
    ['there is no preset "toString"; there are studio, cv2', '--preset', 'toString'],
    ['--preset does not go with --effect or --look', '--preset', 'cv2', '--effect', 'dots'],
    ['--set is for --effect and --look; give one of them too', '--set', 'size=3'],
    ['--set is "size", must be KEY=VALUE or EFFECT.KEY=VALUE, as size=4', '--effect', 'dots', '--set', 'size'],
    ['--set is "=3", must be', '--effect', 'dots', '--set', '=3'],
    ['--set is "", must be', '--effect', 'dots', '--set', ''],
    ['dots: there is no parameter "radius"; it has size, count', '--effect', 'dots', '--set', 'radius=3'],
    ['dots: there is no parameter "__proto__"', '--effect', 'dots', '--set', '__proto__=3'],
    ['dots: there is no parameter "toString"', '--effect', 'dots', '--set', 'toString=3'],
    ['dots: size is 0, must be in [0.5, 64] px', '--effect', 'dots', '--set', 'size=0'],
    ['dots: size is "NaN", must be in [0.5, 64] px', '--effect', 'dots', '--set', 'size=NaN'],
    ['dots: size is Infinity, must be', '--effect', 'dots', '--set', 'size=Infinity'],
    ['dots: size is "", must be', '--effect', 'dots', '--set', 'size='],
    ['dots: size is "4px", must be', '--effect', 'dots', '--set', 'size=4px'],
    ['dots: count is 1.5, must be a whole number in [1, 9]', '--effect', 'dots', '--set', 'count=1.5'],
    ['dots: round is "yes", must be true or false', '--effect', 'dots', '--set', 'round=yes'],
    ['dots: shape is "star", must be one of disc, ring', '--effect', 'dots', '--set', 'shape=star'],
    ['dots: ink is "red", must be a colour #rrggbb', '--effect', 'dots', '--set', 'ink=red'],
    ['dots: inks is ["red"], must be a list of up to 3 colours #rrggbb', '--effect', 'dots', '--set', 'inks=red'],
    ['dots: inks is ["#000000",""], must be', '--effect', 'dots', '--set', 'inks=#000000,'],
    ['dots: angles is [1,2,3], must be 4 numbers in [0, 90] deg', '--effect', 'dots', '--set', 'angles=1,2,3'],
    ['dots: angles is "1,2,3,", must be 4 numbers', '--effect', 'dots', '--set', 'angles=1,2,3,'],
    ['--set size: there are several effects; say which, as dots.size', '--effect', 'dots', '--effect', 'wash', '--set', 'size=1'],
    ['--set oil.size: "oil" is not painted; there are dots, wash', '--effect', 'dots', '--effect', 'wash', '--set', 'oil.size=1'],
    ['--set wash.size: wash is painted 2 times; say which by its place, as 1.size', '--effect', 'wash', '--effect', 'wash', '--set', 'wash.size=1'],
    ['--out is empty', '--out', ''],
    ['--format is "jpg", must be one of png, jpeg, webp', '--format', 'jpg'],
    ['--quality is for --format jpeg and webp', '--quality', '50'],
    ['--quality is "101", must be a whole number in [1, 100]', '--format', 'webp', '--quality', '101'],
    ['--quality is "nine", must be', '--format', 'webp', '--quality', 'nine'],
    ['--cache is empty', '--cache', ''],
    ['--cache-size is for --cache; give a folder with it', '--cache-size', '9'],
    ['--cache-size is "1.5", must be a whole number from 1 MB', '--cache', 'kept', '--cache-size', '1.5'],
    ['--max-size is "0", must be a whole number from 1 px', '--max-size', '0'],
    ['--max-size is "-5", must be', '--max-size=-5'],
    ['--max-size is "1e3", must be', '--max-size', '1e3'],
  ])('%s', (message, ...words) => {
    expect(() => parse('a.png', ...words)).toThrow(ParameterError);
    expect(() => parse('a.png', ...words)).toThrow(message);
  });
});

test('--help, --version and --list come before what else is wrong', () => {
  expect(parseArguments(['--help', '--effect', 'none'], catalog)).toEqual({ kind: 'help' });
  expect(parseArguments(['--version', '--quality', 'x'], catalog)).toEqual({ kind: 'version' });
  expect(parseArguments(['--list'], catalog)).toEqual({ kind: 'list', json: false });
  expect(parseArguments(['--json', '--list'], catalog)).toEqual({ kind: 'list', json: true });
});
