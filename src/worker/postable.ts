import { InputError } from '../core/errors.ts';
import { isA, type AsyncSource, type Source } from '../io/source.ts';

/** A source as it can be posted, and what goes over with it. */
export interface PostedSource {
  readonly source: Source | Blob;
  readonly transfer: Transferable[];
}

/**
 * Elements stay in their page, so it is their picture that goes over.
 * @throws `InputError` where there is none.
 */
export async function postable(source: AsyncSource): Promise<PostedSource> {
  if (isA(source, 'HTMLElement') || isA(source, 'OffscreenCanvas')) return bitmapOf(source as HTMLImageElement);
  if (isA(source, 'GPUTexture')) throw new InputError('the source is a GPUTexture, which belongs to this page; give a picture that can be posted to a worker');
  return { source, transfer: [] };
}

async function bitmapOf(source: ImageBitmapSource): Promise<PostedSource> {
  try {
    const bitmap = await createImageBitmap(source, { premultiplyAlpha: 'none' });
    return { source: bitmap, transfer: [bitmap] };
  } catch (cause) {
    throw new InputError(`the source cannot be read (${String(cause)}); wait until it is loaded`, { cause });
  }
}
