/** One event of the trace event format that Chrome and Perfetto read. */
export interface TimelineEvent {
  /** What happened: of a slice the pipeline or the kernel. */
  readonly name: string;
  /** `X` a slice, `C` the state of counters, `M` a name for a row. */
  readonly ph: 'X' | 'C' | 'M';
  /** Microseconds on the clock of `performance.now()`. */
  readonly ts: number;
  /** Microseconds that a slice lasted. */
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args: Readonly<Record<string, number | string>>;
}

/** A trace as chrome://tracing and ui.perfetto.dev load it, once it is written as JSON. */
export interface Timeline {
  /** In the order they ended. */
  readonly traceEvents: readonly TimelineEvent[];
  readonly displayTimeUnit: 'ms';
}

const MICROSECONDS = 1000;
/** Some minutes of video with a dozen passes; then the older half goes. */
const EVENTS_KEPT = 60_000;
const ROW = { pid: 1, tid: 1 } as const;
const NAMES: readonly TimelineEvent[] = [
  { name: 'process_name', ph: 'M', ts: 0, ...ROW, args: { name: 'atelier-gpu' } },
  { name: 'thread_name', ph: 'M', ts: 0, ...ROW, args: { name: 'recording' } },
];

/** What happened when, in bounded memory. */
export class TimelineLog {
  #events: TimelineEvent[] = [];

  /** Something that lasted from `start` to `end`, in ms. */
  slice(name: string, start: number, end: number, args: Readonly<Record<string, number>>): void {
    this.#add({ name, ph: 'X', ts: start * MICROSECONDS, dur: (end - start) * MICROSECONDS, ...ROW, args });
  }

  /** Bytes in use and free at a time in ms. */
  bytes(time: number, inUse: number, free: number): void {
    this.#add({ name: 'GPU memory', ph: 'C', ts: time * MICROSECONDS, ...ROW, args: { 'in use': inUse, free } });
  }

  #add(event: TimelineEvent): void {
    if (this.#events.length >= EVENTS_KEPT) this.#events.splice(0, EVENTS_KEPT / 2);
    this.#events.push(event);
  }

  read(): Timeline {
    return { traceEvents: [...NAMES, ...this.#events], displayTimeUnit: 'ms' };
  }
}
