import type { TextureKey, TextureLease, TexturePool } from './texturePool.ts';

/** A texture that is painted once and read by many frames. */
export interface BakedTexture {
  readonly name: string;
  readonly lease: TextureLease;
  /** Whether a submitted frame has painted it. */
  painted: boolean;
  users: number;
}

/**
 * Textures that depend on a key only, as paper. Shared by all plans of a studio; the last user to leave gives the texture back.
 * Owns: one lease for each. Borrows: the texture pool.
 */
export class BakedTextures {
  readonly #pool: TexturePool;
  readonly #byName = new Map<string, BakedTexture>();

  constructor(pool: TexturePool) {
    this.#pool = pool;
  }

  use(name: string, key: TextureKey): BakedTexture {
    let baked = this.#byName.get(name);
    if (baked === undefined) {
      this.#pool.trace?.at(`baked ${name}`);
      baked = { name, lease: this.#pool.acquire(key, 'slots'), painted: false, users: 0 };
      this.#byName.set(name, baked);
    }
    baked.users++;
    return baked;
  }

  leave(baked: BakedTexture): void {
    if (--baked.users > 0) return;
    if (this.#byName.get(baked.name) === baked) this.#byName.delete(baked.name);
    this.#pool.release(baked.lease);
  }

  /** Gives whoever asks from now on a new one: those there are may have got no memory, and go with their last users. */
  renew(): void {
    this.#byName.clear();
  }

  destroy(): void {
    this.#byName.clear();
  }
}
