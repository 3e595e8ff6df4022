/** The fractions of its size that a picture is painted at: each costs about 0.7 of the one before. */
const SCALES = [1, 0.84, 0.71, 0.59, 0.5, 0.42, 0.35] as const;
const LAST = SCALES.length - 1;
const SECOND = 1000;

/** Of the time a frame has: what may be used before it is painted smaller, what that aims at, and what a larger one may be expected to use. Far enough apart that it does not swing. */
const TOO_MUCH = 0.9;
const AIM = 0.8;
const ROOM = 0.7;

/** Frames that are needed to judge a size, by their median: a single slow one says nothing, nor do the first, which touch new memory. */
const JUDGED_FRAMES = 9;
/** How long a size is kept at least, in milliseconds, before it is made smaller; and larger, to a size that was not too much before. */
const DWELL_MS = 500;
const PATIENCE_MS = 2000;
const MOST_PATIENCE_MS = 32_000;

/** Chooses the fraction of its size that a live picture is painted at, so that the GPU holds a frame rate. */
export class LiveQuality {
  #level = 0;
  /** The largest size that there is memory for. */
  #ceiling = 0;
  #frames = 0;
  #since = 0;
  readonly #times = new Float64Array(JUDGED_FRAMES);
  readonly #sorted = new Float64Array(JUDGED_FRAMES);
  /** How long to wait before each size is tried again. */
  readonly #patience: number[] = SCALES.map(() => PATIENCE_MS);

  /** The fraction of the size, in (0, 1]. */
  get scale(): number {
    return SCALES[this.#level] as number;
  }

  /**
   * A frame of this size took so long on the GPU.
   * @param now - in milliseconds
   * @returns whether another size is to be painted from now on
   */
  note(milliseconds: number, now: number, frameRate: number): boolean {
    if (this.#frames === 0) this.#since = now;
    this.#times[this.#frames++ % JUDGED_FRAMES] = milliseconds;
    const dwelt = now - this.#since;
    if (this.#frames < JUDGED_FRAMES || dwelt < DWELL_MS) return false;
    const level = this.#choose((this.#median() * frameRate) / SECOND, dwelt);
    if (level === this.#level) return false;
    this.#change(level);
    return true;
  }

  #median(): number {
    this.#sorted.set(this.#times);
    return this.#sorted.sort()[JUDGED_FRAMES >> 1] as number;
  }

  /** @param load - the part of a frame's time that it uses */
  #choose(load: number, dwelt: number): number {
    const level = this.#level;
    if (load > TOO_MUCH && level < LAST) {
      // What was too much is tried again ever more rarely.
      this.#patience[level] = Math.min(MOST_PATIENCE_MS, 2 * (this.#patience[level] as number));
      const fitting = SCALES.findIndex((_, smaller) => smaller > level && this.#loadAt(smaller, load) <= AIM);
      return fitting < 0 ? LAST : fitting;
    }
    const larger = level - 1;
    if (level === this.#ceiling || dwelt < (this.#patience[larger] as number) || this.#loadAt(larger, load) > ROOM) return level;
    // This one has held.
    this.#patience[level] = PATIENCE_MS;
    return larger;
  }

  /** Time goes with the number of pixels. */
  #loadAt(level: number, load: number): number {
    return load * ((SCALES[level] as number) / this.scale) ** 2;
  }

  /** There was no memory for this size. @returns whether there is a smaller one */
  refused(): boolean {
    if (this.#level === LAST) return false;
    this.#ceiling = this.#level + 1;
    this.#change(this.#ceiling);
    return true;
  }

  #change(level: number): void {
    this.#level = level;
    this.#frames = 0;
  }
}
