import { canClear, clearTexture, compileClear } from './clearTexture.ts';
import type { RunHold } from './compiledPlan.ts';
import type { Engine } from './engine.ts';
import { servesAny, type ComputeStep, type Plan, type TexturePlace } from './plan.ts';
import type { PooledTexture, TextureLease } from './texturePool.ts';

interface History {
  readonly place: TexturePlace;
  readonly previous: number;
  readonly current: number;
  /** Says whether a run that shows these targets writes `current`. */
  readonly writer: ComputeStep;
  kept: [TextureLease, TextureLease] | undefined;
}

/**
 * The pairs of textures that carry a plan's memory from frame to frame.
 * Owns: two leases per history once a run has advanced. Borrows: the engine.
 */
export class HistoryTextures {
  /** The places of `previous` that hold what an earlier run left. */
  readonly begun: Set<number> = new Set();
  readonly #engine: Engine;
  readonly #histories: History[];

  constructor(engine: Engine, { places, steps }: Plan) {
    this.#engine = engine;
    this.#histories = places.flatMap((place, current) => {
      if (place.lifetime !== 'history-current') return [];
      const previous = places.findIndex((other) => other.lifetime === 'history-previous' && other.name === place.name);
      const writer = steps.find((step) => step.kind === 'compute' && step.bound.includes(current)) as ComputeStep;
      return [{ place, previous, current, writer, kept: undefined }];
    });
  }

  /** Bytes held from frame to frame. */
  get keptBytes(): number {
    return this.#histories.reduce((sum, { kept }) => sum + (kept === undefined ? 0 : kept[0].resource.bytes + kept[1].resource.bytes), 0);
  }

  isReady(): boolean {
    return this.#histories.every(({ place }) => canClear(this.#engine, place, 'zero'));
  }

  async compile(): Promise<void> {
    await Promise.all(this.#histories.map(({ place }) => compileClear(this.#engine, place, 'zero')));
  }

  /** Gives each history its two textures for this run. */
  bind(encoder: GPUCommandEncoder, mode: 'advance' | 'none', hold: RunHold, bind: (place: number, texture: PooledTexture) => void): void {
    for (const history of this.#histories) {
      const [previous, current] = mode === 'advance' ? (history.kept ??= this.#lease(encoder, history)) : this.#lease(encoder, history);
      if (mode === 'none') hold.textures.push(previous, current);
      if (history.previous >= 0) bind(history.previous, previous.resource);
      bind(history.current, current.resource);
    }
  }

  #lease(encoder: GPUCommandEncoder, { place }: History): [TextureLease, TextureLease] {
    const { textures } = this.#engine;
    textures.trace?.at(`history ${place.name}`);
    const previous = textures.acquire(place.key, 'slots', place.keyText);
    try {
      clearTexture(this.#engine, encoder, place, previous.resource, 'zero');
      return [previous, textures.acquire(place.key, 'slots', place.keyText)];
    } catch (error) {
      textures.release(previous);
      throw error;
    }
  }

  /** What was current becomes previous, where a run that shows these targets wrote it. */
  advance(targets: readonly { readonly name: string }[]): void {
    for (const history of this.#histories) {
      if (!servesAny(history.writer, targets)) continue;
      history.kept?.reverse();
      this.begun.add(history.previous);
    }
  }

  destroy(): void {
    this.begun.clear();
    for (const history of this.#histories) {
      for (const lease of history.kept ?? []) this.#engine.textures.release(lease);
      history.kept = undefined;
    }
  }
}
