import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Sample } from './contestant.ts';

/** What an operation of a peer is called with. */
export interface Operation {
  /** Its name in OpenCV, without `cv2.` or `cv.`; `dodge` is the usual recipe for a pencil drawing. */
  readonly name: string;
  /** By the peer's own names. */
  readonly arguments: Readonly<Record<string, number>>;
}

/** A picture that another process can read: RGBA bytes without a header. */
export interface PictureFile {
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

/** One task for a peer. */
export interface PeerRequest {
  readonly operation: Operation;
  readonly image: PictureFile;
  readonly threads: number | 'all';
  readonly times: number;
  /** Where to write what was painted, of the same size. */
  readonly output?: string;
}

/** What a peer says of itself. */
export interface PeerHello {
  readonly version: string;
  readonly threads: number;
  /** Those of its optional modules that it has. */
  readonly modules: readonly string[];
}

/** Why something is not there, in the words of whoever looked for it. */
export interface Missing {
  readonly missing: string;
}

type Answer<T> = T | Missing | { readonly error: string };

/**
 * Another program that paints, kept running so that its start is not timed.
 * Owns: the process, which ends at the latest with this one.
 */
export class PeerProcess {
  readonly hello: PeerHello;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #kill: () => void;

  private constructor(hello: PeerHello, child: ChildProcessWithoutNullStreams, lines: AsyncIterator<string>, kill: () => void) {
    this.hello = hello;
    this.#child = child;
    this.#lines = lines;
    this.#kill = kill;
  }

  /** Starts a program, or says why it cannot be started. */
  static async open(command: string, words: readonly string[]): Promise<PeerProcess | Missing> {
    const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'] });
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    const complaint = new Promise<Missing>((resolve) => {
      let text = '';
      child.stderr.on('data', (chunk) => { text += String(chunk); });
      child.once('error', ({ message }) => resolve({ missing: message }));
      child.once('close', (code) => resolve({ missing: text.trim().split('\n').at(-1) || `${command} ended with ${code}` }));
    });
    // A program that has ended closes its input; what it complained of is told instead.
    child.stdin.on('error', () => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await Promise.race([lines.next(), complaint]);
    const hello: PeerHello | Missing = 'missing' in first ? first : first.done === true ? await complaint : (JSON.parse(first.value) as PeerHello | Missing);
    if (!('missing' in hello)) return new PeerProcess(hello, child, lines, kill);
    process.off('exit', kill);
    kill();
    return hello;
  }

  /** Runs an operation, or says that the peer has none of this name. */
  async run({ operation, ...task }: PeerRequest): Promise<Sample | Missing> {
    this.#child.stdin.write(`${JSON.stringify({ ...task, operation: operation.name, arguments: operation.arguments })}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`${this.hello.version} ended during ${operation.name}`);
    const answer = JSON.parse(value) as Answer<Sample>;
    if ('error' in answer) throw new Error(`${this.hello.version}: ${operation.name}: ${answer.error}`);
    return answer;
  }

  /** Ends the process. */
  close(): void {
    process.off('exit', this.#kill);
    this.#kill();
  }
}
