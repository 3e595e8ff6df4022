import { DestroyedError, InputError, WorkerError, type AtelierError } from '../core/errors.ts';
import { onAbort } from '../core/abort.ts';
import { errorFrom } from './errorRecord.ts';
import { INVITATION, type CallName, type Answer, type PageMessage, type Sent, type WorkerMessage } from './protocol.ts';

/** A call that waits for its answer. */
interface WaitingCall {
  resolve(given: never): void;
  reject(error: unknown): void;
}

/** What a call takes along. */
export interface CallOptions {
  readonly transfer?: Transferable[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls from a page to its worker, each with an answer. None waits for ever: a worker that throws, ends, or says nothing for too long is terminated, and all calls reject.
 *
 * Owns: the worker from now on, the port to it, the calls that wait.
 */
export class WorkerCalls {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #timeout: number;
  readonly #waiting = new Map<number, WaitingCall>();
  readonly #ended = new AbortController();
  /** Why calls are refused. */
  #closed: AtelierError | undefined;
  #calls = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(worker: Worker, timeout: number) {
    const { port1, port2 } = new MessageChannel();
    this.#worker = worker;
    this.#port = port1;
    this.#timeout = timeout;
    const { signal } = this.#ended;
    worker.addEventListener('error', (event) => this.end(new WorkerError(`the worker failed (${event.message || 'its script could not be loaded'}); correct it, and begin anew with another worker`, { cause: event.error })), { signal });
    port1.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => this.#receive(data), { signal });
    port1.addEventListener('messageerror', () => this.end(new WorkerError('an answer of the worker could not be read; begin anew with another worker')), { signal });
    port1.start();
    worker.postMessage(INVITATION, [port2]);
  }

  /** Asks for something. Answers of calls that overlap come in any order. */
  call<N extends CallName>(call: N, sent: Sent<N>, { transfer = [], signal }: CallOptions = {}): Promise<Answer<N>> {
    const refusal: unknown = this.#closed ?? (signal?.aborted === true ? signal.reason : undefined);
    if (refusal !== undefined) return Promise.reject(refusal as Error);
    const id = ++this.#calls;
    return new Promise<Answer<N>>((resolve, reject) => {
      try {
        this.#post({ id, call, sent }, transfer);
      } catch (cause) {
        throw new InputError(`${call}: what was given cannot be posted to a worker (${String(cause)}); give pictures that are not closed, canvases without a context, and plain values`, { cause });
      }
      const stop = (): void => {
        this.#waiting.delete(id);
        this.#post({ abort: id });
        reject(signal?.reason);
      };
      const ignore = signal === undefined ? () => {} : onAbort(signal, stop);
      this.#waiting.set(id, {
        resolve: (given) => {
          ignore();
          resolve(given);
        },
        reject: (error) => {
          ignore();
          reject(error as Error);
        },
      });
      this.#watch();
    });
  }

  /** Has the worker end what it holds, which then comes back at once, and terminates it, after the timeout at the latest. */
  async destroy(): Promise<void> {
    const reason = new DestroyedError('the painter was destroyed, and its worker with it; make a new one');
    if (this.#closed === undefined) {
      this.#stop(reason);
      const ending = this.call('destroy', undefined);
      this.#closed = reason;
      await ending.catch(() => {});
    }
    this.end(reason);
  }

  /** Terminates the worker; calls that wait, and all later ones, reject with `reason`. The first reason counts. */
  end(reason: AtelierError): void {
    if (this.#ended.signal.aborted) return;
    this.#closed ??= reason;
    this.#ended.abort();
    clearTimeout(this.#timer);
    this.#worker.terminate();
    this.#port.close();
    this.#stop(reason);
  }

  #stop(reason: AtelierError): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(reason);
  }

  #post(message: PageMessage, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  #receive(message: WorkerMessage): void {
    if ('alive' in message) this.#outlive(message.alive);
    if ('id' in message) {
      const call = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if ('error' in message) call?.reject(errorFrom(message.error));
      else call?.resolve(message.given as never);
    }
    this.#watch();
  }

  /** A lock comes free when its holder is gone, whoever ended it; of a worker's end nothing else tells. */
  #outlive(lock: string | undefined): void {
    if (lock === undefined) return;
    const { signal } = this.#ended;
    const isGone = (): void => this.end(new WorkerError('the worker was terminated, or ended by itself; begin anew with another worker'));
    // It rejects when there is nothing more to wait for.
    navigator.locks.request(lock, { signal }, isGone).catch(() => {});
  }

  /** A call may take its time as long as the worker answers. Half of the timeout it may be silent, then it is asked. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size === 0) return;
    const half = this.#timeout / 2;
    this.#timer = setTimeout(() => {
      this.#post({ ping: true });
      this.#timer = setTimeout(() => this.end(new WorkerError(`the worker did not answer within ${this.#timeout} ms; see that its module calls servePainter and does not block, or give it a longer timeout`)), half);
    }, half);
  }
}
