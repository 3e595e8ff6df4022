import type { FrameGraph, TextureHandle } from './frameGraph.ts';
import { completeParams, type ParamSpec, type ParamTable } from './params.ts';

/** What an optional input is read for: one channel, or a colour. */
export interface OptionalInput {
  readonly channels: 'r' | 'rgb';
}

/** Declares an input that a caller may bind by name, as a mask. */
export const optional = (channels: OptionalInput['channels']): OptionalInput => ({ channels });

/** The textures an effect reads: the picture, and those of its optional inputs that are bound. */
export interface EffectInputs {
  /** Straight rgba, sRGB code values in [0, 1]. */
  readonly source: TextureHandle;
  readonly [name: string]: TextureHandle | undefined;
}

/** Paints a look on a picture and returns the result; a combinator's `build` gets one for each of its looks. */
export interface LookPainter {
  (source: TextureHandle): TextureHandle;
  /** What it paints. */
  readonly look: Look;
}

/** A length relative to the whole picture, as `graph.unit`: its long side divided by `reference`. */
export type PictureUnit = (reference: number) => number;

/** What {@link defineEffect} is given. */
export interface EffectDefinition<P extends object> {
  /** The name in JSON, on the command line and in `pipeline.set`. */
  readonly name: string;
  /** Defaults, ranges and units; validation, uniforms, sliders and help texts read this table. */
  readonly params: ParamTable<P>;
  /** Optional inputs by name. */
  readonly inputs?: Readonly<Record<string, OptionalInput>>;
  /** Records the passes and returns the picture: rgb in sRGB code values, alpha 1. */
  build(graph: FrameGraph, inputs: EffectInputs, params: Readonly<P>): TextureHandle;
  /**
   * How many working pixels beyond its own, in any direction, each pixel of the result depends on. It lets pictures that need more memory than there is be painted in tiles. Whole cells count,
   * where the effect reduces the picture; cells begin at multiples of their side, a power of two up to 64; textures have the size `graph.size`, and what depends on the place of a pixel adds `graph.frame.origin` to it.
   * Leave it out, or return `undefined`, where each pixel depends on the whole picture, as with histograms, on whole rows or columns, or on earlier frames.
   *
   * @example
   * ```ts
   * const halo: EffectDefinition<{ radius: number }>['halo'] = ({ radius }) => Math.ceil(radius);
   * ```
   */
  halo?(params: Readonly<P>, unit: PictureUnit): number | undefined;
}

/** What {@link defineCombinator} is given. */
export interface CombinatorDefinition<P extends object, L extends string> extends Omit<EffectDefinition<P>, 'build' | 'halo'> {
  /** Names of the looks it combines. */
  readonly looks: readonly L[];
  /** As that of {@link EffectDefinition}; `looks` paints each of the combined looks, on the source or on whatever it is given. */
  build(graph: FrameGraph, inputs: EffectInputs, params: Readonly<P>, looks: Readonly<Record<L, LookPainter>>): TextureHandle;
  /** As that of {@link EffectDefinition}, where each of the combined looks has a halo; `looks` says which. */
  halo?(params: Readonly<P>, unit: PictureUnit, looks: Readonly<Record<L, number>>): number | undefined;
}

/** What a step is made of beside its effect. */
export interface StepParts {
  /** What is left out gets its default. */
  readonly params?: object | undefined;
  /** For a combinator: each look by its name, all of them. */
  readonly looks?: Readonly<Record<string, Look>> | undefined;
  /** For optional inputs the name that a caller binds them by, where it is another than the effect's own; `'source'` is the picture the step paints on. */
  readonly inputs?: Readonly<Record<string, string>> | undefined;
}

/** An effect whose parameters are not known to the compiler. */
export interface AnyEffect {
  readonly name: string;
  readonly params: Readonly<Record<string, ParamSpec>>;
  readonly inputs: Readonly<Record<string, OptionalInput>>;
  /** Names of the looks it combines; none but for combinators. */
  readonly looks: readonly string[];
  /**
   * A step from parts by name, for whoever does not know the effect: lists, command lines, JSON.
   * @throws {@link ParameterError} for parameters that do not fit.
   */
  step(parts?: StepParts): AnyStep;
  /** As that of {@link CombinatorDefinition}. */
  build(graph: FrameGraph, inputs: EffectInputs, params: never, looks: Readonly<Record<string, LookPainter>>): TextureHandle;
  /** As that of {@link CombinatorDefinition}. */
  readonly halo?: (params: never, unit: PictureUnit, looks: Readonly<Record<string, number>>) => number | undefined;
}

/**
 * An effect: call it with parameters to get a step of a look. A combinator is called with its looks first.
 *
 * @example
 * ```ts
 * const step = pencilDodge({ sigma: 4 });
 * pencilDodge.params.sigma.max; // 64
 * ```
 */
export interface Effect<P extends object, Given extends readonly unknown[] = [params?: Partial<P>]> extends Omit<AnyEffect, 'params'> {
  /** Throws a {@link ParameterError} for an unknown parameter or a value outside its range. */
  (...given: Given): EffectStep<P>;
  readonly name: string;
  readonly params: ParamTable<P>;
}

/** A step whose parameters are not known to the compiler. */
export interface AnyStep {
  readonly effect: AnyEffect;
  readonly params: object;
  /** The looks it combines, by the names its effect gives them; none but for combinators. */
  readonly looks: Readonly<Record<string, Look>>;
  /** For each optional input of its effect the name that a caller binds it by. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The effect's name and what differs between its steps, for JSON. */
  toJSON(): StepJson;
}

/** A step as `JSON.stringify` takes it: looks write themselves. */
export interface StepJson extends StepParts {
  readonly effect: string;
  readonly params: object;
}

/** An effect with its parameters, frozen. */
export interface EffectStep<P extends object> extends AnyStep {
  readonly params: Readonly<P>;
}

/** What one picture is made with: a step, or a chain of looks in which each paints the result of the one before. */
export type Look = AnyStep | readonly Look[];

/**
 * Makes an effect out of its parameter table and its passes.
 *
 * @example
 * ```ts
 * interface InvertParams { amount: number }
 * const invert: Effect<InvertParams> = defineEffect({
 *   name: 'invert',
 *   params: { amount: float(1, { min: 0, max: 1 }) },
 *   build: (graph, { source }, { amount }) => graph.compute(kernel, { inputs: { source }, params: { amount } }),
 * });
 * ```
 */
/*#__NO_SIDE_EFFECTS__*/
export function defineEffect<P extends object>(definition: EffectDefinition<NoInfer<P>>): Effect<P> {
  return makeEffect({ looks: [], ...definition }, (params?: Partial<P>) => ({ params }));
}

/**
 * Makes an effect that combines looks. `partsOf` says what it is called with.
 *
 * @example
 * ```ts
 * type Given = [first: Look, second: Look];
 * const later: Effect<object, Given> = defineCombinator({
 *   name: 'later',
 *   looks: ['first', 'second'],
 *   params: {},
 *   build: (graph, { source }, params, { first, second }) => second(first(source)),
 * }, (...[first, second]: Given) => ({ looks: { first, second } }));
 * ```
 */
/*#__NO_SIDE_EFFECTS__*/
export function defineCombinator<P extends object, Given extends readonly unknown[], L extends string>(definition: CombinatorDefinition<NoInfer<P>, L>, partsOf: (...given: NoInfer<Given>) => StepParts): Effect<P, Given> {
  return makeEffect(definition, partsOf);
}

function makeEffect<P extends object, Given extends readonly unknown[]>(definition: CombinatorDefinition<P, string>, partsOf: (...given: Given) => StepParts): Effect<P, Given> {
  const { name, params, inputs = {}, looks } = definition;
  const step = (parts?: StepParts): AnyStep => makeStep(effect as AnyEffect, parts);
  const effect = ((...given: Given) => step(partsOf(...given))) as Effect<P, Given>;
  Object.defineProperty(effect, 'name', { value: name });
  return Object.freeze(Object.assign(effect, { params, inputs, looks, step, build: definition.build.bind(definition), ...(definition.halo && { halo: definition.halo.bind(definition) }) }));
}

function makeStep(effect: AnyEffect, { params: given, looks = {}, inputs: renamed = {} }: StepParts = {}): AnyStep {
  const params = completeParams(effect.name, effect.params as ParamTable<object>, given);
  const inputs = { ...Object.fromEntries(Object.keys(effect.inputs).map((name) => [name, name])), ...renamed };
  const toJSON = (): StepJson => ({ effect: effect.name, params, ...(effect.looks.length > 0 && { looks }), ...(Object.keys(inputs).length > 0 && { inputs }) });
  return Object.freeze({ effect, params, looks: Object.freeze({ ...looks }), inputs: Object.freeze(inputs), toJSON });
}
