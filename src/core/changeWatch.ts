/** Notes the numbers of a frame in turn, and says whether any of them differs from the frame before, without making garbage. */
export class ChangeWatch {
  readonly #values: number[] = [];
  #count = 0;
  #length = -1;
  #changed = false;

  /** Begins a frame. */
  begin(): void {
    this.#count = 0;
    this.#changed = false;
  }

  note(value: number): void {
    if (this.#values[this.#count] !== value) {
      this.#values[this.#count] = value;
      this.#changed = true;
    }
    this.#count++;
  }

  /** Ends a frame: whether it is unlike the one before. */
  end(): boolean {
    const changed = this.#changed || this.#count !== this.#length;
    this.#length = this.#count;
    return changed;
  }

  /** Makes the next frame count as changed. */
  reset(): void {
    this.#length = -1;
  }
}
