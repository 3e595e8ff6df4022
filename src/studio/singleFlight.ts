import { untilAborted } from '../core/abort.ts';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** A call that waits for a flight. */
export interface Boarding<T> {
  /** Whether this call began it. */
  readonly leads: boolean;
  /** What it makes, or the reason of this call's own signal. */
  readonly result: Promise<T>;
}

/**
 * Makes a thing once for all who ask for it meanwhile. Who gives up leaves the others alone, whoever began it; it is stopped when nobody waits any more.
 * Owns: what is being made. Borrows: nothing.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  join(key: string, make: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Boarding<T> {
    const current = this.#flights.get(key);
    return { leads: current === undefined, result: this.#wait(key, current ?? this.#begin(key, make), signal) };
  }

  #begin(key: string, make: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const flight = { result: make(stop.signal), stop, waiting: 0 };
    this.#flights.set(key, flight);
    // Before any who wait hear of it: who tries again begins anew.
    const end = (): unknown => this.#end(key, flight);
    flight.result.then(end, end);
    return flight;
  }

  async #wait(key: string, flight: Flight<T>, signal: AbortSignal | undefined): Promise<T> {
    flight.waiting++;
    try {
      return await untilAborted(flight.result, signal);
    } finally {
      if (--flight.waiting === 0 && this.#end(key, flight)) flight.stop.abort(signal?.reason);
    }
  }

  /** Whether it was still under way. */
  #end(key: string, flight: Flight<T>): boolean {
    return this.#flights.get(key) === flight && this.#flights.delete(key);
  }
}
