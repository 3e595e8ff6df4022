/** A decoded photograph, upright and at most {@link MAX_SIDE} pixels long. Whoever holds it closes its bitmap. */
export interface Photograph {
  readonly name: string;
  readonly bitmap: ImageBitmap;
}

/** Says in plain words why a file cannot be hung. */
export class PhotographError extends Error {}

const MAX_SIDE = 2048;
const MAX_PIXELS = 64e6;

/** Decodes a file the visitor gave. */
export async function openPhotograph(file: Blob, name: string): Promise<Photograph> {
  const bitmap = await decode(file, name, {});
  const { width, height } = bitmap;
  const longest = Math.max(width, height);
  if (longest <= MAX_SIDE) return { name, bitmap };
  bitmap.close();
  if (width * height > MAX_PIXELS) throw new PhotographError(`“${name}” has ${Math.round((width * height) / 1e6)} megapixels, and the gallery takes up to ${MAX_PIXELS / 1e6}. Please choose a smaller picture.`);
  const side = (length: number): number => Math.max(1, Math.round((length * MAX_SIDE) / longest));
  return { name, bitmap: await decode(file, name, { resizeWidth: side(width), resizeHeight: side(height), resizeQuality: 'high' }) };
}

async function decode(file: Blob, name: string, options: ImageBitmapOptions): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image', premultiplyAlpha: 'none', ...options });
  } catch (cause) {
    throw new PhotographError(`“${name}” is no picture that this browser can open. Please choose a PNG, JPEG, WebP, GIF or AVIF.`, { cause });
  }
}
