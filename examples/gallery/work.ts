/** One frame on the wall with its label. */
export interface Work {
  readonly figure: HTMLElement;
  readonly frame: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
  readonly title: string;
  readonly medium: HTMLElement;
  readonly facts: HTMLElement;
  /** Missing at the photograph. */
  readonly download: HTMLAnchorElement | null;
  /** The address of the picture as a file of this page; empty where there is none. */
  address: string;
}

/** `empty`: nothing to see. `painting`: the first time. `repainting`: over an older one. */
export type WorkState = 'empty' | 'painting' | 'repainting' | 'painted';

/** Finds a frame in the page. */
export function findWork(name: string): Work {
  const figure = document.querySelector(`[data-work="${name}"]`) as HTMLElement;
  const find = <T extends Element>(selector: string): T => figure.querySelector(selector) as T;
  return {
    figure,
    frame: find('.frame'),
    canvas: find('canvas'),
    title: find('h2').textContent,
    medium: find('[data-medium]'),
    facts: find('[data-facts]'),
    download: find<HTMLAnchorElement>('[data-download]'),
    address: '',
  };
}

/** Shows how far a frame is. */
export function setState({ figure }: Work, state: WorkState): void {
  figure.dataset['state'] = state;
  figure.ariaBusy = String(state === 'painting' || state === 'repainting');
}

/** Gives a frame the shape of a new picture, which empties it. */
export function reshape({ figure, canvas }: Work, { width, height }: { readonly width: number; readonly height: number }): void {
  canvas.width = width;
  canvas.height = height;
  figure.style.setProperty('--ratio', String(width / height));
}

/** Gives a frame the file of its picture: it can be opened, and downloaded where there is a link. */
export function setFile(work: Work, file: Blob, name: string): void {
  removeFile(work);
  work.address = URL.createObjectURL(file);
  work.frame.disabled = false;
  if (work.download === null) return;
  work.download.href = work.address;
  work.download.download = name;
  work.download.hidden = false;
}

/** Takes the file away. */
export function removeFile(work: Work): void {
  URL.revokeObjectURL(work.address);
  work.address = '';
  work.frame.disabled = true;
  if (work.download !== null) work.download.hidden = true;
}

/** Encodes a picture as PNG and closes it. */
export async function encodePng(picture: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
  return canvas.convertToBlob();
}
