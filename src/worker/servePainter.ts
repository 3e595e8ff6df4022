import type { AnyEffect, Look } from '../core/effect.ts';
import { InputError } from '../core/errors.ts';
import { parseLook } from '../core/look.ts';
import type { Pixels } from '../io/pixels.ts';
import type { Pipeline } from '../studio/pipeline.ts';
import { Studio } from '../studio/studio.ts';
import { recordOf } from './errorRecord.ts';
import { INVITATION, type CallName, type Given, type PageMessage, type Sent, type WorkerMessage } from './protocol.ts';

/**
 * Has a dedicated worker paint what a {@link WorkerPainter} of its page asks for. Call it at the top of the worker's module, once, with every effect and look that the page may name. Other messages to the worker stay yours.
 *
 * @example
 * ```ts
 * // painter.ts, the worker's module; in the page: new Worker(new URL('./painter.ts', import.meta.url), { type: 'module' })
 * import { oil, pencilDodge } from 'atelier-gpu';
 * import { servePainter } from 'atelier-gpu/worker';
 *
 * servePainter([oil, pencilDodge]);
 * ```
 */
export function servePainter(effects: readonly AnyEffect[]): void {
  addEventListener('message', ({ data, ports }: MessageEvent<unknown>) => {
    const [port] = ports;
    if (data !== INVITATION || port === undefined) return;
    const calls = new PainterService(effects);
    answer(port, calls);
    void holdLock().then((lock) => post(port, { alive: lock }));
  });
}

/** A lock that ends with the worker, so that the page can tell. */
async function holdLock(): Promise<string | undefined> {
  const name = `${INVITATION} ${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    const hold = (): Promise<never> => {
      resolve(name);
      return new Promise(() => {});
    };
    // Pages of an opaque origin have no locks.
    (navigator.locks as LockManager | undefined)?.request(name, hold).catch(() => resolve(undefined)) ?? resolve(undefined);
  });
}

function post(port: MessagePort, message: WorkerMessage, transfer: Transferable[] = []): void {
  port.postMessage(message, transfer);
}

/** Answers each message of the page. */
function answer(port: MessagePort, service: PainterService): void {
  const stops = new Map<number, AbortController>();
  const run = async (id: number, name: CallName, sent: unknown): Promise<void> => {
    const stop = new AbortController();
    stops.set(id, stop);
    try {
      const given: unknown = await (service[name] as (sent: unknown, signal: AbortSignal) => unknown).call(service, sent, stop.signal);
      post(port, { id, given }, name === 'read' ? [(given as Pixels).data.buffer as ArrayBuffer] : []);
    } catch (error) {
      post(port, { id, error: recordOf(error) });
    } finally {
      stops.delete(id);
    }
  };
  port.addEventListener('message', ({ data }: MessageEvent<PageMessage>) => {
    if ('ping' in data) post(port, { pong: true });
    else if ('abort' in data) stops.get(data.abort)?.abort();
    else void run(data.id, data.call, data.sent);
  });
  port.start();
}

/** The calls as the worker does them. */
type Service = { readonly [N in CallName]: (sent: Sent<N>, signal: AbortSignal) => Given<N> | Promise<Given<N>> };

/**
 * What a worker paints for one page.
 * Owns: the studio and its pipeline, the canvas, and every picture that was posted.
 */
class PainterService implements Service {
  readonly #effects: readonly AnyEffect[];
  #studio: Studio | undefined;
  #pipeline: Pipeline | undefined;
  #canvas: OffscreenCanvas | undefined;

  constructor(effects: readonly AnyEffect[]) {
    this.#effects = effects;
  }

  async create({ looks, canvas, studio }: Sent<'create'>): Promise<void> {
    const look: Look = parseLook(looks, this.#effects);
    this.#canvas = canvas;
    this.#studio = await Studio.create(studio);
    this.#pipeline = this.#studio.pipeline(look);
    await this.#pipeline.ready;
  }

  set({ step, params }: Sent<'set'>): void {
    this.#made(this.#pipeline).set(step, params);
  }

  resize({ width, height }: Sent<'resize'>): void {
    Object.assign(this.#made(this.#canvas), { width, height });
  }

  metrics(): Given<'metrics'> {
    return this.#made(this.#studio).metrics();
  }

  async read({ source, options }: Sent<'read'>, signal: AbortSignal): Promise<Pixels> {
    try {
      return await this.#made(this.#pipeline).read(source, { ...options, signal });
    } finally {
      if ('close' in source) source.close();
    }
  }

  destroy(): void {
    this.#studio?.destroy();
  }

  #made<T>(thing: T | undefined): T {
    if (thing === undefined) throw new InputError('the painter was not created; wait for WorkerPainter.create');
    return thing;
  }
}
