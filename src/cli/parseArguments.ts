import { ParameterError } from '../core/errors.ts';
import type { EncodeFormat } from '../node/encode.ts';
import type { Catalog, NamedLooks } from './catalog.ts';
import { chooseLooks } from './chooseLooks.ts';
import { EXTENSIONS, readWords } from './options.ts';

/** Pictures to paint, and how. */
export interface PaintRequest {
  readonly kind: 'paint';
  /** Files and folders; none for the bundled sample. */
  readonly inputs: readonly string[];
  readonly looks: NamedLooks;
  /** The folder to write to. */
  readonly out: string;
  readonly format: EncodeFormat;
  readonly quality: number;
  /** The longest side to paint, `Infinity` for any. */
  readonly maxSize: number;
  /** Where paintings are kept from run to run, if they are. */
  readonly cache: { readonly folder: string; readonly maxBytes: number } | undefined;
  readonly json: boolean;
}

/** What a command line asks for. */
export type Request = PaintRequest | { readonly kind: 'list'; readonly json: boolean } | { readonly kind: 'help' | 'version' };

const DEFAULT_QUALITY = 90;
const DEFAULT_CACHE_MB = '512';
const MEGABYTE = 1e6;

/**
 * Reads a command line and checks all of it, before anything is opened.
 * @throws {@link ParameterError} for wrong usage.
 */
export function parseArguments(words: readonly string[], catalog: Catalog): Request {
  const { options, files } = readWords(words);
  const { json = false, out = '.', format = 'png', quality, 'max-size': maxSize, cache, 'cache-size': cacheSize } = options;
  if (options.help === true) return { kind: 'help' };
  if (options.version === true) return { kind: 'version' };
  if (options.list === true) return { kind: 'list', json };
  if (out === '') throw new ParameterError('--out is empty, must be a folder; leave it out for the current one');
  if (cache === '') throw new ParameterError('--cache is empty, must be a folder; leave it out to keep nothing');
  if (cache === undefined && cacheSize !== undefined) throw new ParameterError('--cache-size is for --cache; give a folder with it');
  return {
    kind: 'paint',
    inputs: files,
    looks: chooseLooks(options, catalog),
    out,
    format: checkFormat(format),
    quality: quality === undefined ? DEFAULT_QUALITY : checkQuality(quality, format),
    maxSize: maxSize === undefined ? Infinity : checkWhole('--max-size', maxSize, Infinity, 'px'),
    cache: cache === undefined ? undefined : { folder: cache, maxBytes: checkWhole('--cache-size', cacheSize ?? DEFAULT_CACHE_MB, Infinity, 'MB') * MEGABYTE },
    json,
  };
}

function checkFormat(format: string): EncodeFormat {
  if (Object.hasOwn(EXTENSIONS, format)) return format as EncodeFormat;
  throw new ParameterError(`--format is "${format}", must be one of ${Object.keys(EXTENSIONS).join(', ')}`);
}

function checkQuality(text: string, format: string): number {
  if (format === 'png') throw new ParameterError('--quality is for --format jpeg and webp; png keeps every byte');
  return checkWhole('--quality', text, 100, '');
}

function checkWhole(option: string, text: string, most: number, unit: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= most) return value;
  throw new ParameterError(`${option} is "${text}", must be a whole number ${most === Infinity ? 'from 1' : `in [1, ${most}]`} ${unit}`.trimEnd());
}
