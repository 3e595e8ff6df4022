/** Where text goes: a stream of the process. */
export interface TextOutput {
  /** Whether it is a terminal. */
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A line that is drawn over again. */
export interface ProgressBar {
  /** Draws how many pictures are done. */
  show(done: number): void;
  /** Takes the line away, so that something else can be printed. */
  clear(): void;
}

const CELLS = 24;
const ERASE_LINE = '\r\x1b[K';

/** A bar on a terminal, for several pictures; elsewhere it draws nothing. */
export function progressBar(stream: TextOutput, total: number): ProgressBar {
  if (!stream.isTTY || total < 2) return { show() {}, clear() {} };
  return {
    show(done) {
      const filled = Math.round((CELLS * done) / total);
      stream.write(`${ERASE_LINE}${'█'.repeat(filled)}${'░'.repeat(CELLS - filled)} ${done}/${total}`);
    },
    clear: () => stream.write(ERASE_LINE),
  };
}
