import { parseArgs } from 'node:util';
import { ParameterError } from '../src/core/errors.ts';
import type { Size } from '../src/core/frameGraph.ts';

/** What a command line asks for. */
export interface BenchRequest {
  /** Names of scenarios, in their own order. */
  readonly scenarios: readonly string[];
  /** `undefined` for those that suit the adapter. */
  readonly sizes: readonly Size[] | undefined;
  readonly repeats: number;
}

const USAGE = 'usage: npm run bench [-- scenario… --sizes 640x360,1280x720 --repeats 7]';
const REPEATS = 7;

/**
 * Reads a command line. A word stands for every scenario whose name starts with it.
 * @throws {@link ParameterError} for wrong usage.
 */
export function parseArguments(words: readonly string[], known: readonly string[]): BenchRequest {
  const { values, positionals } = read(words);
  for (const word of positionals) {
    if (!known.some((name) => name.startsWith(word))) throw new ParameterError(`there is no scenario "${word}"; there are ${known.join(', ')}`);
  }
  return {
    scenarios: positionals.length === 0 ? known : known.filter((name) => positionals.some((word) => name.startsWith(word))),
    sizes: values.sizes?.split(',').map(readSize),
    repeats: values.repeats === undefined ? REPEATS : readRepeats(values.repeats),
  };
}

function read(words: readonly string[]): { values: { sizes?: string | undefined; repeats?: string | undefined }; positionals: string[] } {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: { sizes: { type: 'string' }, repeats: { type: 'string' } } });
  } catch (cause) {
    throw new ParameterError(`${(cause as Error).message}; ${USAGE}`, { cause });
  }
}

function readSize(text: string): Size {
  const [, width = '0', height = '0'] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  const size = { width: Number(width), height: Number(height) };
  if (size.width < 1 || size.height < 1) throw new ParameterError(`--sizes has "${text}", must be widths and heights in px, as 640x360,1280x720`);
  return size;
}

function readRepeats(text: string): number {
  const repeats = Number(text);
  if (!Number.isInteger(repeats) || repeats < 1) throw new ParameterError(`--repeats is "${text}", must be an integer of at least 1`);
  return repeats;
}
