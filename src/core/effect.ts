import { InputError, ParameterError } from './errors.ts';
import type { FrameGraph, TextureHandle } from './frameGraph.ts';
import { completeParams, scaleParams, type ParamSpec, type ParamTable } from './params.ts';

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
}

/**
 * An effect: call it with parameters to get a step of a look.
 *
 * @example
 * ```ts
 * const step = pencilDodge({ sigma: 4 });
 * pencilDodge.params.sigma.max; // 64
 * ```
 */
export interface Effect<P extends object> extends Omit<EffectDefinition<P>, 'inputs'> {
  /** Throws a {@link ParameterError} for an unknown parameter or a value outside its range. */
  (params?: Partial<P>): EffectStep<P>;
  readonly name: string;
  readonly inputs: Readonly<Record<string, OptionalInput>>;
}

/** An effect with its parameters, frozen. */
export interface EffectStep<P extends object> {
  readonly effect: Effect<P>;
  readonly params: Readonly<P>;
  /** The effect's name and parameters, for JSON. */
  toJSON(): { readonly effect: string; readonly params: Readonly<P> };
}

/** An effect whose parameters are not known to the compiler. */
export interface AnyEffect {
  (params?: never): AnyStep;
  readonly name: string;
  readonly params: Readonly<Record<string, ParamSpec>>;
  readonly inputs: Readonly<Record<string, OptionalInput>>;
  /** As that of {@link EffectDefinition}. */
  build(graph: FrameGraph, inputs: EffectInputs, params: never): TextureHandle;
}

/** A step whose parameters are not known to the compiler. */
export interface AnyStep {
  readonly effect: AnyEffect;
  readonly params: object;
  /** The effect's name and parameters, for JSON. */
  toJSON(): { readonly effect: string; readonly params: object };
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
  const effect = ((params?: Partial<P>) => makeStep(effect, params)) as Effect<P>;
  Object.defineProperty(effect, 'name', { value: definition.name });
  return Object.freeze(Object.assign(effect, { params: definition.params, inputs: definition.inputs ?? {}, build: definition.build.bind(definition) }));
}

function makeStep<P extends object>(effect: Effect<P>, given?: Partial<P>): EffectStep<P> {
  const params = completeParams(effect.name, effect.params as ParamTable<P>, given);
  return Object.freeze({ effect, params, toJSON: () => ({ effect: effect.name, params }) });
}

/** Records a look on a graph: one step, or a chain. */
export function applyLook(graph: FrameGraph, look: Look, inputs: EffectInputs): TextureHandle {
  if (isChain(look)) return look.reduce((source, step) => applyLook(graph, step, { ...inputs, source }), inputs.source);
  const { effect, params } = look as AnyStep;
  const own: Record<string, TextureHandle | undefined> = { source: inputs.source };
  for (const name of Object.keys(effect.inputs)) own[name] = inputs[name];
  return effect.build(graph, own as EffectInputs, scaleParams(effect.params as ParamTable<object>, params, graph.frame.scale) as never);
}

/** Whether a look is a chain. */
export function isChain(look: Look): look is readonly Look[] {
  return Array.isArray(look);
}

/** The steps of a look, in the order they paint. */
export function stepsOf(look: Look): AnyStep[] {
  return isChain(look) ? look.flatMap(stepsOf) : [look as AnyStep];
}

/**
 * Says whether `value` is a look.
 * @throws {@link InputError} naming what it is instead.
 */
export function assertLook(value: unknown, owner: string): asserts value is Look {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new InputError(`${owner}: the look is an empty list; give it at least one effect`);
    for (const item of value) assertLook(item, owner);
    return;
  }
  if (typeof value === 'function' && 'params' in value) throw new InputError(`${owner}: the look is the effect ${value.name} itself; call it: ${value.name}()`);
  if (typeof value !== 'object' || value === null || !('effect' in value)) throw new InputError(`${owner}: the look is ${value === null ? 'null' : typeof value}, must be an effect's step, as pencilDodge(), or a list of them`);
}

/**
 * Reads a look back from JSON, with the effects it may name.
 * @throws {@link ParameterError} for an effect that is not in `effects` or parameters that do not fit.
 *
 * @example
 * ```ts
 * const look = parseLook(JSON.parse(text), [pencilDodge, paperTexture]);
 * ```
 */
export function parseLook(json: unknown, effects: readonly AnyEffect[]): Look {
  if (Array.isArray(json)) return json.map((item) => parseLook(item, effects));
  const { effect: name, params } = (typeof json === 'object' && json !== null ? json : {}) as { effect?: unknown; params?: never };
  const effect = effects.find((candidate) => candidate.name === name);
  if (effect === undefined) throw new ParameterError(`there is no effect ${JSON.stringify(name)} among ${effects.map((candidate) => candidate.name).join(', ')}`);
  return effect(params);
}
