import type { AnyEffect, AnyStep, EffectInputs, Look, LookPainter, StepParts } from './effect.ts';
import { InputError, ParameterError } from './errors.ts';
import { unitOf, type Frame, type FrameGraph, type TextureHandle } from './frameGraph.ts';
import { assertKnown, scaleParams, type ParamTable } from './params.ts';

/** Records a look on a graph: one step, or a chain. A step reads of `inputs` what it declares; the looks it combines find all of them. */
export function applyLook(graph: FrameGraph, look: Look, inputs: EffectInputs): TextureHandle {
  if (isChain(look)) return look.reduce((source, step) => applyLook(graph, step, { ...inputs, source }), inputs.source);
  const { effect, params, looks, inputs: names } = look;
  const scaled = scaleParams(effect.params as ParamTable<object>, params, graph.frame.scale) as never;
  const bound = mapValues(names, (name) => (Object.hasOwn(inputs, name) ? inputs[name] : undefined));
  const painters = mapValues(looks, (nested): LookPainter => Object.assign((source: TextureHandle) => applyLook(graph, nested, { ...inputs, source }), { look: nested }));
  return graph.recordAs(effect.name, () => effect.build(graph, { ...bound, source: inputs.source }, scaled, painters));
}

/**
 * How many working pixels beyond its own each pixel of a look's result depends on, in a picture of that frame. A chain's reaches as far as all of its steps together.
 * @returns `undefined` where it depends on the whole picture
 */
export function haloOf(look: Look, frame: Frame): number | undefined {
  if (isChain(look)) return look.reduce<number | undefined>((sum, step) => added(sum, haloOf(step, frame)), 0);
  const { effect, params, looks } = look;
  const nested = mapValues(looks, (combined) => haloOf(combined, frame));
  if (Object.values(nested).includes(undefined)) return undefined;
  return effect.halo?.(scaleParams(effect.params as ParamTable<object>, params, frame.scale) as never, (reference) => unitOf(frame, reference), nested as Readonly<Record<string, number>>);
}

function added(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

/** Whether a look is a chain. */
export function isChain(look: Look): look is readonly Look[] {
  return Array.isArray(look);
}

/** The steps of a look, in the order they paint: those that are combined before what combines them. */
export function stepsOf(look: Look): AnyStep[] {
  return isChain(look) ? look.flatMap(stepsOf) : [...Object.values(look.looks).flatMap(stepsOf), look];
}

/** The look with what `map` makes of each of its steps, called in the order of {@link stepsOf}. */
export function mapSteps(look: Look, map: (step: AnyStep) => Look): Look {
  if (isChain(look)) return look.map((item) => mapSteps(item, map));
  return map(look.effect.step({ ...look, looks: mapValues(look.looks, (nested) => mapSteps(nested, map)) }));
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
  // The JSON of a step has the name of its effect there.
  if (typeof (value as { effect?: unknown } | null | undefined)?.effect !== 'function') throw new InputError(`${owner}: the look is ${value === null ? 'null' : typeof value}, must be an effect's step, as pencilDodge(), or a list of them`);
  const { effect, looks } = value as AnyStep;
  for (const name of effect.looks) assertLook(looks[name], `${owner}: ${effect.name}: ${name}`);
}

/**
 * Reads a look back from JSON, with the effects it may name, combinators among them.
 * @throws {@link ParameterError} for an effect that is not in `effects` or parts that do not fit.
 *
 * @example
 * ```ts
 * const look = parseLook(JSON.parse(text), [blend, pencilDodge, paperTexture]);
 * ```
 */
export function parseLook(json: unknown, effects: readonly AnyEffect[]): Look {
  if (Array.isArray(json)) return json.map((item) => parseLook(item, effects));
  const { effect: name, params, looks, inputs } = (typeof json === 'object' && json !== null ? json : {}) as StepParts & { readonly effect?: unknown };
  const effect = effects.find((candidate) => candidate.name === name);
  if (effect === undefined) throw new ParameterError(`there is no effect ${JSON.stringify(name)} among ${effects.map((candidate) => candidate.name).join(', ')}`);
  return effect.step({ params: params ?? {}, looks: parseLooks(effect, looks ?? {}, effects), inputs: checkInputs(effect, inputs ?? {}) });
}

function parseLooks({ name: owner, looks }: AnyEffect, json: object, effects: readonly AnyEffect[]): Record<string, Look> {
  assertKnown(owner, 'look', json, looks);
  return Object.fromEntries(looks.map((name) => {
    if (!Object.hasOwn(json, name)) throw new ParameterError(`${owner}: the look "${name}" is missing; it combines ${looks.join(', ')}`);
    return [name, parseLook((json as Record<string, unknown>)[name], effects)];
  }));
}

function checkInputs({ name: owner, inputs }: AnyEffect, json: object): Record<string, string> {
  assertKnown(owner, 'input', json, Object.keys(inputs));
  for (const [name, bound] of Object.entries(json)) {
    if (typeof bound !== 'string') throw new ParameterError(`${owner}: the input ${name} is bound as ${JSON.stringify(bound)}, must be a name`);
  }
  return json as Record<string, string>;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
