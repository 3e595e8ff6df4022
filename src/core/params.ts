import { ParameterError } from './errors.ts';

/** What every row of a parameter table can say beside its kind and default. */
export interface ParamFacts {
  /** The name a slider shows; without it the key is shown. */
  readonly label?: string;
  /**
   * `px`: source pixels at scale 1, multiplied by the pipeline's `scale`. `768ths`: of the picture's long side, so that it looks the same at any size; on pictures less than 576 px long a
   * 768th is 0.75 px, because a line cannot be thinner. `deg`: degrees. `L*`: lightness of CIE, 0 to 100.
   */
  readonly unit?: 'px' | '768ths' | 'deg' | 'L*';
  /** Changing it may change kernels or passes, so the first frame after a change can wait for a compilation. */
  readonly rebuilds?: boolean;
}

/** A number in a range. */
export interface FloatParam extends ParamFacts {
  readonly kind: 'float';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A whole number in a range. */
export interface IntParam extends ParamFacts {
  readonly kind: 'int';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A switch. */
export interface BoolParam extends ParamFacts {
  readonly kind: 'bool';
  readonly default: boolean;
}

/** One of a few words. */
export interface ChoiceParam<T extends string = string> extends ParamFacts {
  readonly kind: 'choice';
  readonly default: T;
  readonly choices: readonly T[];
}

/** An sRGB colour written `#rrggbb`. */
export interface ColorParam extends ParamFacts {
  readonly kind: 'color';
  readonly default: string;
}

/** A list of sRGB colours, each written `#rrggbb`; it may be empty. */
export interface ColorsParam extends ParamFacts {
  readonly kind: 'colors';
  readonly default: readonly string[];
  /** How many it can have. */
  readonly most: number;
}

/** A fixed number of numbers, each in the same range. */
export interface ListParam extends ParamFacts {
  readonly kind: 'list';
  readonly default: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** A whole number from 0 to 2³²−1 that chooses one of many equal variants; the same seed gives the same picture. */
export interface SeedParam extends ParamFacts {
  readonly kind: 'seed';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A row of a parameter table, of any kind. */
export type ParamSpec = FloatParam | IntParam | BoolParam | ChoiceParam | ColorParam | ColorsParam | ListParam | SeedParam;

/** The kinds of row that fit a value of type `T`. */
export type ParamSpecOf<T> = [T] extends [boolean]
  ? BoolParam
  : [T] extends [number]
    ? FloatParam | IntParam | SeedParam
    : [T] extends [string]
      ? string extends T
        ? ColorParam
        : ChoiceParam<T>
      : [T] extends [readonly number[]]
        ? ListParam
        : [T] extends [readonly string[]]
          ? ColorsParam
          : never;

/** One row for each parameter of `P`: the only source of defaults, ranges, units and labels. */
export type ParamTable<P extends object> = { readonly [K in keyof P]-?: ParamSpecOf<P[K]> };

/** What a row with a range says. */
export type RangeFacts = ParamFacts & { readonly min: number; readonly max: number };

/** A row for a number from `min` to `max`, both included. */
export const float = (value: number, facts: RangeFacts): FloatParam => ({ kind: 'float', default: value, ...facts });
/** A row for a whole number from `min` to `max`, both included. */
export const int = (value: number, facts: RangeFacts): IntParam => ({ kind: 'int', default: value, ...facts });
/** A row for a switch. */
export const bool = (value: boolean, facts: ParamFacts = {}): BoolParam => ({ kind: 'bool', default: value, ...facts });
/** A row for one of the words in `choices`. */
export const choice = <const T extends string>(value: NoInfer<T>, choices: readonly T[], facts: ParamFacts = {}): ChoiceParam<T> => ({ kind: 'choice', default: value, choices, ...facts });
/** A row for an sRGB colour, `#rrggbb`. */
export const color = (value: string, facts: ParamFacts = {}): ColorParam => ({ kind: 'color', default: value, ...facts });
/** A row for a list of up to `most` sRGB colours, `#rrggbb` each. */
export const colors = (value: readonly string[], facts: ParamFacts & { readonly most: number }): ColorsParam => ({ kind: 'colors', default: value, ...facts });
/** A row for as many numbers as the default has, each from `min` to `max`. */
export const list = (value: readonly number[], facts: RangeFacts): ListParam => ({ kind: 'list', default: value, ...facts });
/** A row for a seed. */
export const seed = (value: number = 1, facts: ParamFacts = {}): SeedParam => ({ kind: 'seed', default: value, min: 0, max: 0xffffffff, ...facts });

/** The values accepted by a row, in words: `in [0.5, 64] px`. Help texts and error messages share it. */
export function describeRange(spec: ParamSpec): string {
  switch (spec.kind) {
    case 'bool':
      return 'true or false';
    case 'choice':
      return `one of ${spec.choices.join(', ')}`;
    case 'color':
      return 'a colour #rrggbb';
    case 'colors':
      return `a list of up to ${spec.most} colours #rrggbb`;
    case 'list':
      return `${spec.default.length} numbers in [${spec.min}, ${spec.max}]${unitOf(spec)}`;
    default:
      return `${spec.kind === 'float' ? '' : 'a whole number '}in [${spec.min}, ${spec.max}]${unitOf(spec)}`;
  }
}

function unitOf(spec: ParamSpec): string {
  if (spec.unit === undefined) return '';
  return spec.unit === '768ths' ? ' 768ths of the long side' : ` ${spec.unit}`;
}

/**
 * Fills `given` up with the defaults of `table` and freezes the result.
 * @throws {@link ParameterError} for an unknown name or a value outside its range.
 */
export function completeParams<P extends object>(owner: string, table: ParamTable<P>, given: Partial<P> = {}): Readonly<P> {
  const specs = table as Readonly<Record<string, ParamSpec>>;
  const values = given as Readonly<Record<string, unknown>>;
  assertKnown(owner, 'parameter', values, Object.keys(specs));
  const complete: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = values[name] === undefined ? spec.default : values[name];
    if (!accepts(spec, value)) throw new ParameterError(`${owner}: ${name} is ${show(value)}, must be ${describeRange(spec)}`);
    complete[name] = Array.isArray(value) ? Object.freeze([...value]) : value;
  }
  return Object.freeze(complete) as Readonly<P>;
}

/** @throws {@link ParameterError} where `given` has a name that is not `known`. */
export function assertKnown(owner: string, kind: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ParameterError(`${owner}: there is no ${kind} "${unknown}"; it has ${known.join(', ') || 'none'}`);
}

function accepts(spec: ParamSpec, value: unknown): boolean {
  const inRange = (x: unknown, { min, max }: { min: number; max: number }): boolean => typeof x === 'number' && x >= min && x <= max;
  switch (spec.kind) {
    case 'float':
      return inRange(value, spec);
    case 'int':
    case 'seed':
      return Number.isInteger(value) && inRange(value, spec);
    case 'bool':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && spec.choices.includes(value);
    case 'color':
      return isColor(value);
    case 'colors':
      return Array.isArray(value) && value.length <= spec.most && value.every(isColor);
    case 'list':
      return Array.isArray(value) && value.length === spec.default.length && value.every((item) => inRange(item, spec));
  }
}

function isColor(value: unknown): boolean {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}

function show(value: unknown): string {
  return typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value) : String(value);
}

/** Multiplies every length in pixels by `scale`, so a look keeps its composition when it is painted at a fraction of the size. */
export function scaleParams<P extends object>(table: ParamTable<P>, params: Readonly<P>, scale: number): Readonly<P> {
  if (scale === 1) return params;
  const scaled: Record<string, unknown> = { ...params };
  for (const [name, spec] of Object.entries(table as Readonly<Record<string, ParamSpec>>)) {
    const value = scaled[name];
    if (spec.unit !== 'px') continue;
    if (typeof value === 'number') scaled[name] = spec.kind === 'int' ? Math.max(spec.min, Math.round(value * scale)) : value * scale;
    else if (Array.isArray(value)) scaled[name] = value.map((item: number) => item * scale);
  }
  return scaled as Readonly<P>;
}

/** The red, green and blue of `#rrggbb` in [0, 1], still sRGB-encoded. */
export function colorToRgb(value: string): [number, number, number] {
  const code = Number.parseInt(value.slice(1), 16);
  return [(code >> 16) / 255, ((code >> 8) & 255) / 255, (code & 255) / 255];
}

/** The same in linear light, in which inks multiply. */
export function colorToLinear(value: string): [number, number, number] {
  return colorToRgb(value).map((code) => (code <= 0.04045 ? code / 12.92 : ((code + 0.055) / 1.055) ** 2.4)) as [number, number, number];
}
