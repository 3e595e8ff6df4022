import { AtelierError } from '../core/errors.ts';
import type { Metrics } from '../studio/metrics.ts';

/** A file that was written. */
export interface WrittenFile {
  /** The painting's name: of a preset as `sketch`, or the effect's. */
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** The time to paint, which pictures painted in one graph share, and then to encode and write this one. */
  readonly milliseconds: number;
  /** Whether it was painted by an earlier run, and taken from the folder of `--cache`. */
  readonly cached: boolean;
}

/** Why a picture could not be painted, as on stderr. */
export interface Failure {
  /** An `ErrorCode` of the library, a system's one as `ENOSPC`, or `internal`. */
  readonly code: string;
  readonly message: string;
}

/** What became of one input. */
export interface PaintedInput {
  readonly input: string;
  /** The files written; of an input that failed while they were written, those that are whole. */
  readonly outputs: readonly WrittenFile[];
  readonly error?: Failure;
}

/** What `--json` prints. */
export interface Report {
  /** In the order of the inputs. */
  readonly pictures: readonly PaintedInput[];
  /** Of the studio, after the last picture; `null` where nothing had to be painted, or no picture could be opened for it. */
  readonly metrics: Metrics | null;
  /** Why the run ended before its last input. */
  readonly error?: Failure;
}

/** A failure in the user's words: without the function that found it, and with the option that helps. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof AtelierError)) {
    const { code, message } = error as NodeJS.ErrnoException;
    return typeof code !== 'string' ? { code: 'internal', message: `an error inside atelier: ${message}; please report it` } : { code, message: `cannot be written (${message}); make room or give another folder with --out` };
  }
  const message = error.message.replace(/^(decode|encode|createGpu): /, '');
  const tooLarge = error.code === 'input-too-large' || error.code === 'budget' || error.code === 'out-of-memory';
  return { code: error.code, message: tooLarge ? `${message.replace(/(; |: give ).*$/s, '')}; give --max-size, as --max-size 2048` : message };
}

/** Text as one line: names of files can hold line ends and codes that move a terminal's cursor. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
