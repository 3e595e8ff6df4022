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
  };
}

/** Shows a frame's state; only what is painted can be opened. */
export function setState({ figure, frame }: Work, state: WorkState): void {
  figure.dataset['state'] = state;
  figure.ariaBusy = String(state === 'painting' || state === 'repainting');
  frame.disabled = state === 'empty' || state === 'painting';
}

/** Gives a frame the shape of a new picture, which empties it. */
export function reshape({ figure, canvas }: Work, { width, height }: { readonly width: number; readonly height: number }): void {
  canvas.width = width;
  canvas.height = height;
  figure.style.setProperty('--ratio', String(width / height));
}

/** Takes the old file off its link. */
export function withdraw({ download }: Work): void {
  if (download === null || download.hidden) return;
  URL.revokeObjectURL(download.href);
  download.removeAttribute('href');
  download.hidden = true;
}

/** Puts the painted picture on its link as a PNG file. */
export async function offer(work: Work, name: string): Promise<void> {
  const { canvas, download } = work;
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (png === null || download === null) return;
  withdraw(work);
  download.href = URL.createObjectURL(png);
  download.download = name;
  download.hidden = false;
}
