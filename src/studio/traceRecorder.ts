import type { PooledBuffer } from '../core/bufferPool.ts';
import type { MemoryUse } from '../core/memoryAccount.ts';
import type { Pooled } from '../core/pool.ts';
import type { TracedKind, TraceSink } from '../core/trace.ts';
import { siteOf, stackHere } from './callSite.ts';
import { TimelineLog } from './traceTimeline.ts';
import { LINK, type TracedResource, type TraceSnapshot } from './traceSnapshot.ts';

/** Something that was dropped without `destroy()`. */
export interface Leak {
  /** What was dropped. */
  readonly kind: 'pipeline' | 'studio';
  /** Of a pipeline the names of its looks. */
  readonly label: string;
  /** GPU memory in use that was leased for it: history, and baked textures, which other pipelines may use too. */
  readonly bytes: number;
  /** When it was found, in milliseconds on the clock of `performance.now()`. */
  readonly time: number;
  /** The line of your code that made it. */
  readonly site: string;
  /** The whole way there, innermost line first. */
  readonly stack: string;
}

/** How much the tracer remembers of each thing. */
export interface TraceOptions {
  /** Lines of the stack, 24 by default; a dozen of them can be the library's own. */
  readonly stackDepth: number;
  /** Takes the stack of every so many-th thing only, 1 by default: a stack costs some microseconds. */
  readonly sample: number;
}

/** A resource while it lives. */
type Entry = { -readonly [K in keyof TracedResource]: TracedResource[K] } & {
  /** The object with a lifetime of its own that it belongs to. */
  estate: object | undefined;
};

/**
 * Remembers where everything of a studio comes from.
 * Owns: its notes. Borrows: nothing; objects that were destroyed are forgotten.
 */
export class TraceRecorder implements TraceSink {
  readonly timeline: TimelineLog = new TimelineLog();
  readonly leaks: Leak[] = [];
  /** Told of each leak when it is found. */
  onLeak: ((leak: Leak) => void) | undefined;
  readonly #options: TraceOptions;
  readonly #resources = new Map<object, Entry>();
  /** Objects with a lifetime of their own, by what they would leave behind. */
  readonly #open = new Map<object, Entry>();
  #studio: object | undefined;
  #made = 0;
  #seen = 0;
  #frame = 0;
  /** Whose work is being done, and since when. */
  #estate: object | undefined;
  #plan = '';
  #place = '';
  /** The stack of the call that led to it. */
  #from = '';
  #began = 0;
  #mark = 0;
  #passBytes = 0;

  constructor(options: TraceOptions) {
    this.#options = options;
  }

  made(kind: TracedKind, object: object, label: string, bytes: number = 0, use?: MemoryUse): void {
    const entry = this.#entry(kind, label, bytes, use, kind, this.#stack());
    const studio = this.#open.get(this.#studio as object);
    // These serve all pipelines, whoever was the first to need them.
    if (studio !== undefined && isShared(entry)) Object.assign(entry, { estate: this.#studio, owner: nameOf(studio), site: studio.site });
    this.#resources.set(object, entry);
  }

  pooled(resource: Pooled, key: string): void {
    const kind = (resource as Partial<PooledBuffer>).buffer === undefined ? 'texture' : 'buffer';
    this.#resources.set(resource, { ...this.#entry(kind, resource.label, resource.bytes, undefined, key, ''), state: 'pooled' });
  }

  leased(resource: Pooled, use: MemoryUse): void {
    const entry = this.#resources.get(resource);
    if (entry === undefined) return;
    Object.assign(entry, this.#whereabouts(this.#stack()), { state: 'live', use });
  }

  retired(resource: Pooled): void {
    this.#enter(resource, 'pending');
  }

  freed(resource: Pooled): void {
    this.#enter(resource, 'pooled');
  }

  #enter(resource: Pooled, state: Entry['state']): void {
    const entry = this.#resources.get(resource);
    if (entry !== undefined) entry.state = state;
  }

  ended(object: object): void {
    this.#resources.delete(object);
  }

  #entry(kind: TracedKind, label: string, bytes: number, use: MemoryUse | undefined, key: string, stack: string): Entry {
    return { id: ++this.#made, kind, label, bytes, state: 'live', use, key, ...this.#whereabouts(stack) };
  }

  #whereabouts(stack: string): Pick<Entry, 'estate' | 'owner' | 'frame' | 'site' | 'stack'> {
    const estate = this.#estate ?? this.#studio;
    const owner = this.#open.get(estate as object);
    const own = siteOf(stack);
    const whole = own === undefined && stack !== '' && this.#from !== '' ? `${stack}\n${this.#from}` : stack;
    const site = stack === '' ? '' : (own ?? siteOf(this.#from) ?? owner?.site ?? (stack.split('\n')[0] as string));
    return { estate, owner: [nameOf(owner), this.#plan, this.#place].filter((part) => part !== '').join(LINK), frame: this.#frame, site, stack: whole };
  }

  #stack(): string {
    return this.#seen++ % this.#options.sample === 0 ? stackHere(this.#options.stackDepth) : '';
  }

  opened(kind: 'pipeline' | 'studio', estate: object, label: string): void {
    // Few and dear: these always get a stack.
    this.#open.set(estate, this.#entry(kind, label, 0, undefined, kind, stackHere(this.#options.stackDepth)));
    if (kind === 'studio') this.#studio = estate;
  }

  closed(estate: object): void {
    this.#open.delete(estate);
  }

  dropped(estate: object): void {
    const entry = this.#open.get(estate);
    if (entry === undefined) return;
    let bytes = 0;
    for (const resource of this.#resources.values()) if (resource.estate === estate && resource.state !== 'pooled') bytes += resource.bytes;
    const leak: Leak = Object.freeze({ kind: entry.kind as Leak['kind'], label: entry.label, bytes, time: performance.now(), site: entry.site, stack: entry.stack });
    this.#open.delete(estate);
    this.leaks.push(leak);
    this.onLeak?.(leak);
  }

  calledFrom(): string {
    return this.#stack();
  }

  begin(estate: object, from: string = ''): void {
    this.#estate = estate;
    this.#from = from;
    this.#plan = '';
    this.#place = '';
    this.#passBytes = 0;
    this.#began = performance.now();
    this.#mark = this.#began;
  }

  within(plan: string): void {
    this.#plan = plan;
    // What came before was upload.
    this.#mark = performance.now();
  }

  at(place: string): void {
    this.#place = place;
  }

  pass(label: string, bytes: number): void {
    const now = performance.now();
    this.timeline.slice(label, this.#mark, now, { bytes });
    this.#mark = now;
    this.#passBytes = Math.max(this.#passBytes, bytes);
  }

  end(): void {
    if (this.#estate === undefined) return;
    this.timeline.slice(nameOf(this.#open.get(this.#estate)), this.#began, performance.now(), { frame: this.#frame, largestPass: this.#passBytes });
    this.#estate = undefined;
    this.#plan = '';
    this.#place = '';
    this.#from = '';
  }

  frame(inUse: number, free: number): void {
    this.#frame++;
    this.timeline.bytes(performance.now(), inUse, free);
  }

  /** Whether the studio was destroyed or dropped. */
  get over(): boolean {
    return this.#studio !== undefined && !this.#open.has(this.#studio);
  }

  snapshot(): TraceSnapshot {
    const bytes = { live: 0, pending: 0, pooled: 0 };
    const resources = [...this.#open.values(), ...this.#resources.values()].sort((a, b) => a.id - b.id).map(({ estate: _estate, ...resource }) => Object.freeze(resource));
    for (const resource of resources) bytes[resource.state] += resource.bytes;
    return Object.freeze({ frame: this.#frame, time: performance.now(), bytes: Object.freeze(bytes), resources: Object.freeze(resources) });
  }
}

/** Whether a studio keeps it for itself as long as it lives: kernels and the uniform ring. */
export function isShared({ kind, use }: Pick<TracedResource, 'kind' | 'use'>): boolean {
  return use === 'uniforms' || kind === 'compute pipeline' || kind === 'render pipeline';
}

function nameOf(owner: Entry | undefined): string {
  return owner === undefined ? '' : `${[owner.kind, owner.label].filter((part) => part !== '').join(' ')} #${owner.id}`;
}
