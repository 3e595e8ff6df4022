import type { TextureKey, TextureLease, TexturePool } from './texturePool.ts';

/** A texture that is painted once and read by many frames. */
export interface BakedTexture {
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
      baked = { lease: this.#pool.acquire(key, 'slots'), painted: false, users: 0 };
      this.#byName.set(name, baked);
    }
    baked.users++;
    return baked;
  }

  leave(name: string): void {
    const baked = this.#byName.get(name);
    if (baked === undefined || --baked.users > 0) return;
    this.#byName.delete(name);
    this.#pool.release(baked.lease);
  }

  destroy(): void {
    this.#byName.clear();
  }
}
