import { contentHash } from '../io/contentHash.ts';
import type { PictureStore, StoredPicture } from '../node/pictureStore.ts';
import { canonical, lookKey } from '../studio/resultKey.ts';
import { VERSION } from '../core/version.ts';
import type { PaintSettings } from './paintInputs.ts';

/** The paintings of one picture file, in the folder of `--cache`. */
export interface KeptPaintings {
  /** All of them, by name; `undefined` where one is missing, and then all are painted. */
  readonly pictures: ReadonlyMap<string, StoredPicture> | undefined;
  /** Keeps one. */
  keep(name: string, picture: StoredPicture): Promise<void>;
}

/**
 * Looks for the paintings of a picture file. They are told by its bytes, by look, size and format, and by the version of the command; by SHA-256, because a folder may be shared and outlives what is in it.
 */
export async function keptPaintings(store: PictureStore, bytes: Uint8Array, { looks, format, quality, maxSize }: PaintSettings): Promise<KeptPaintings> {
  const content = await contentHash(bytes, 'sha-256');
  const keys = new Map<string, string>();
  for (const [name, look] of Object.entries(looks)) {
    const words = [VERSION, content, lookKey(look, (effect) => effect.name), canonical({ format, quality, maxSize })].join('\n');
    keys.set(name, await contentHash(new TextEncoder().encode(words), 'sha-256'));
  }
  const pictures = new Map<string, StoredPicture>();
  for (const [name, key] of keys) {
    const picture = await store.get(key);
    if (picture === undefined) break;
    pictures.set(name, picture);
  }
  return { pictures: pictures.size === keys.size ? pictures : undefined, keep: (name, picture) => store.put(keys.get(name) as string, picture) };
}
