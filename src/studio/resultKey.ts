import type { AnyEffect, Look } from '../core/effect.ts';
import { isChain } from '../core/look.ts';
import { VERSION } from '../core/version.ts';
import type { Codec } from '../io/codec.ts';
import { contentHash, type ContentHash } from '../io/contentHash.ts';
import { checkPixels, type Pixels } from '../io/pixels.ts';
import type { AsyncSource } from '../io/source.ts';
import type { ReadOptions } from './pipeline.ts';
import { checkHeader, type InputLimits } from '../io/inputLimits.ts';

/** All that decides what a call paints. */
export interface ResultRequest {
  /** What it gives: pictures in memory or encoded ones. */
  readonly kind: 'read' | 'toBlob';
  readonly source: AsyncSource;
  /** Those of the call, whichever they are: what is unknown here still tells results apart. */
  readonly options: ReadOptions;
  /** By the names of the outputs. */
  readonly looks: ReadonlyMap<string, Look>;
  readonly limits: InputLimits;
  readonly codec: Codec;
}

/** The key of a result: equal keys are equal pictures. `content` is {@link contentOf} the request. */
export function resultKey({ kind, options, looks, limits, codec }: ResultRequest, content: string): string {
  const plain = { ...options, inputs: undefined, signal: undefined, close: undefined };
  const outputs = [...looks].map(([name, look]) => `${JSON.stringify(name)}=${lookKey(look, uniqueName)}`);
  return [VERSION, kind, content, canonical(plain), canonical(limits), identityOf(codec), ...outputs].join('\n');
}

/**
 * A look in words: its effects with all parameters. Two looks of one effect are told apart by every value, and a list of looks counts by what it paints.
 * @param nameOf - what tells one effect from another
 */
export function lookKey(look: Look, nameOf: (effect: AnyEffect) => string): string {
  if (isChain(look)) return look.map((item) => lookKey(item, nameOf)).join('>');
  const { effect, params, looks, inputs } = look;
  const combined = Object.keys(looks).sort().map((name) => `${JSON.stringify(name)}(${lookKey(looks[name] as Look, nameOf)})`);
  return `${nameOf(effect)}${canonical(params)}${canonical(inputs)}${combined.join('')}`;
}

/** Two effects may have one name: an application's own, or the same one loaded twice. */
function uniqueName(effect: AnyEffect): string {
  return `${JSON.stringify(effect.name)}#${identityOf(effect)}`;
}

const identities = new WeakMap<object, number>();
let identified = 0;

/** A number of its own for each object. */
function identityOf(object: object): number {
  const known = identities.get(object) ?? ++identified;
  identities.set(object, known);
  return known;
}

/** Plain values as text, one text for equal values: the order of names does not count, nor what is left undefined; NaN is no null. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`;
}

/**
 * The hash of all pictures a call is given; `undefined` where one cannot be told by its bytes, as a texture or a canvas, where it cannot be read or is larger than the limits, and where the memory there is decides the size of the result.
 * @throws {@link InputError} for pixels that are none.
 */
export async function contentOf({ source, limits, options: { inputs = {}, fit } }: ResultRequest, hash: ContentHash): Promise<string | undefined> {
  if (fit === 'budget') return undefined;
  const named = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  if (!(source instanceof Blob || isPixels(source)) || !named.every(([, input]) => isPixels(input))) return undefined;
  try {
    if (source instanceof Blob) await checkHeader(source, limits);
    const hashes = [hashOf(source, hash), ...named.map(async ([name, input]) => `${JSON.stringify(name)}:${await hashOf(input as Pixels, hash)}`)];
    return (await Promise.all(hashes)).join();
  } catch {
    // A file that is too large, or was changed or taken away, is not read; whoever decodes it says so.
    return undefined;
  }
}

function isPixels(source: unknown): source is Pixels {
  if (typeof source !== 'object' || source === null || !('data' in source)) return false;
  checkPixels(source, 'source');
  return true;
}

async function hashOf(source: Blob | Pixels, hash: ContentHash): Promise<string> {
  if (source instanceof Blob) return `${JSON.stringify(source.type)} ${source.size} ${await contentHash(new Uint8Array(await source.arrayBuffer()), hash)}`;
  const { data, width, height } = source;
  return `${width}x${height} ${await contentHash(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), hash)}`;
}
