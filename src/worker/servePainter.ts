import type { AnyEffect, Look } from '../core/effect.ts';
import { InputError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import { parseLook } from '../core/look.ts';
import type { Pixels } from '../io/pixels.ts';
import type { Live, LiveStats } from '../studio/live.ts';
import type { Metrics } from '../studio/metrics.ts';
import type { Pipeline } from '../studio/pipeline.ts';
import { Studio } from '../studio/studio.ts';
import { recordOf } from './errorRecord.ts';
import { framesOfPort } from './framePort.ts';
import { INVITATION, type CallName, type Answer, type PageMessage, type Sent, type WorkerMessage } from './protocol.ts';

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
    if ('locks' in navigator) navigator.locks.request(name, hold).catch(() => resolve(undefined));
    else resolve(undefined);
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
type Service = { readonly [N in CallName]: (sent: Sent<N>, signal: AbortSignal) => Answer<N> | Promise<Answer<N>> };

/**
 * What a worker paints for one page.
 * Owns: the studio and its pipeline, the canvas, and every picture, stream and track that was posted.
 */
class PainterService implements Service {
  readonly #effects: readonly AnyEffect[];
  #studio: Studio | undefined;
  #pipeline: Pipeline | undefined;
  #canvas: OffscreenCanvas | undefined;
  /** What the canvas becomes with the next frame, because a size that is set clears it. */
  #size: Size | undefined;
  #live: Live | undefined;

  constructor(effects: readonly AnyEffect[]) {
    this.#effects = effects;
  }

  async create({ looks, canvas, studio }: Sent<'create'>): Promise<number> {
    const look: Look = parseLook(looks, this.#effects);
    this.#canvas = canvas;
    this.#studio = await Studio.create(studio);
    this.#pipeline = this.#studio.pipeline(look);
    await this.#pipeline.ready;
    return this.#pipeline.longestSide;
  }

  async attach({ frames, options }: Sent<'attach'>): Promise<void> {
    const source = frames instanceof MessagePort ? framesOfPort(frames) : frames;
    let live: Live | undefined;
    try {
      const canvas = made(this.#canvas);
      const pipeline = made(this.#pipeline);
      this.detach();
      live = this.#live = pipeline.paintEach(source, [], options, (frame, how) => {
        this.#fit(canvas);
        return pipeline.render(frame, canvas, how);
      });
      await live.ended;
    } finally {
      // Nobody else has what was transferred. A painting that began has cancelled its stream.
      if ('stop' in source) source.stop();
      else if (live === undefined) await source.cancel();
    }
  }

  detach(): void {
    this.#live?.stop();
    this.#live = undefined;
  }

  pause(isPaused: boolean): void {
    if (isPaused) this.#live?.pause();
    else this.#live?.resume();
  }

  change(options: Sent<'change'>): void {
    this.#live?.set(options);
  }

  stats(): LiveStats | undefined {
    return this.#live?.stats;
  }

  set({ step, params }: Sent<'set'>): void {
    made(this.#pipeline).set(step, params);
  }

  resize(size: Size): void {
    this.#size = size;
    if (this.#live === undefined) this.#fit(made(this.#canvas));
  }

  #fit(canvas: OffscreenCanvas): void {
    if (this.#size !== undefined) Object.assign(canvas, this.#size);
    this.#size = undefined;
  }

  metrics(): Metrics {
    return made(this.#studio).metrics();
  }

  async read({ source, options }: Sent<'read'>, signal: AbortSignal): Promise<Pixels> {
    // All that can be closed was made for this.
    return made(this.#pipeline).read(source, { ...options, close: true, signal });
  }

  destroy(): void {
    this.#studio?.destroy();
  }
}

function made<T>(thing: T | undefined): T {
  if (thing === undefined) throw new InputError('the painter has none of this; wait for create and attach');
  return thing;
}
