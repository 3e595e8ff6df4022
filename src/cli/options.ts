import { parseArgs } from 'node:util';
import { ParameterError } from '../core/errors.ts';
import type { EncodeFormat } from '../node/encode.ts';

/** A row of the table that the words are read with and the help text is made from. */
export interface OptionRow {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What stands for the value in the help text. */
  readonly value?: string;
  readonly text: string;
}

/** The words of a command line by option, not checked yet. */
export interface Words {
  readonly preset?: string | undefined;
  readonly look?: string | undefined;
  readonly effect?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly out?: string | undefined;
  readonly format?: string | undefined;
  readonly quality?: string | undefined;
  readonly 'max-size'?: string | undefined;
  readonly cache?: string | undefined;
  readonly 'cache-size'?: string | undefined;
  readonly json?: boolean | undefined;
  readonly list?: boolean | undefined;
  readonly help?: boolean | undefined;
  readonly version?: boolean | undefined;
}

/** The extension of each format's files. */
export const EXTENSIONS: Readonly<Record<EncodeFormat, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

const OPTIONS = {
  preset: { type: 'string', value: 'NAME', text: 'the four pictures to paint; studio unless given' },
  look: { type: 'string', value: 'NAME', text: 'paint this look instead of a preset; effects given too paint on it' },
  effect: { type: 'string', multiple: true, value: 'NAME', text: 'paint this effect instead; given several times, each paints on the result of the one before' },
  set: { type: 'string', multiple: true, value: 'KEY=VALUE', text: 'a parameter of the look or effect, a list as angles=15,75,0,45; of several effects as EFFECT.KEY=VALUE, or as PLACE.KEY=VALUE with 1 for the first' },
  out: { type: 'string', value: 'DIR', text: 'the folder to write to, made if it does not exist; the current one unless given' },
  format: { type: 'string', value: 'FORMAT', text: 'png, jpeg (.jpg) or webp; png unless given' },
  quality: { type: 'string', value: '1-100', text: 'of jpeg and webp; 90 unless given' },
  'max-size': { type: 'string', value: 'PX', text: 'scale larger pictures down to this long side before they are painted' },
  cache: { type: 'string', value: 'DIR', text: 'keep the paintings in this folder too, made if it does not exist, and take from there what an earlier run painted of the same picture with the same options and version' },
  'cache-size': { type: 'string', value: 'MB', text: 'what that folder may hold, 512 unless given; what was used longest ago leaves first' },
  json: { type: 'boolean', text: 'print one JSON document instead of lines' },
  list: { type: 'boolean', text: 'print every look, effect and preset with its parameters' },
  help: { type: 'boolean', text: 'print this' },
  version: { type: 'boolean', text: 'print the version' },
} as const satisfies Readonly<Record<keyof Words, OptionRow>>;

/** Every option of the command, by name. */
export const optionRows = (): [name: string, row: OptionRow][] => Object.entries(OPTIONS);

/**
 * Sorts the words of a command line into options and files.
 * @throws {@link ParameterError} for an option that does not exist, or lacks its value.
 */
export function readWords(words: readonly string[]): { readonly options: Words; readonly files: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
    return { options: values, files: positionals };
  } catch (cause) {
    // Node's message says which word and what was expected, on several lines.
    throw new ParameterError(`${(cause as Error).message.replace(/\.?\s*\n\s*/g, '. ')}; atelier --help shows the options`, { cause });
  }
}
