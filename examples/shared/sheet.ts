/** The sheet on a live easel: what comes in as a video, its painting on a canvas over it, and a divider between the two. */
export interface Sheet {
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
  /** Plays on the sheet; resolves when there is a picture. */
  show(source: MediaStream | string): Promise<void>;
  mirror(mirrored: boolean): void;
  /** Takes everything off, and asks again what shall be painted; with a word of trouble, if there was any. */
  clear(trouble?: string): void;
}

/** Finds the sheet in the page. */
export function findSheet(): Sheet {
  const sheet = document.getElementById('sheet') as HTMLElement;
  const find = <T extends HTMLElement>(selector: string): T => sheet.querySelector(selector) as T;
  const video = find<HTMLVideoElement>('video');
  const divider = find<HTMLInputElement>('.divider');
  const notice = find('.notice');

  const divide = (): void => sheet.style.setProperty('--split', divider.value);
  const shape = (): void => document.documentElement.style.setProperty('--ratio', String(video.videoWidth / video.videoHeight));
  const setEmpty = (empty: boolean): void => {
    sheet.classList.toggle('is-empty', empty);
    find('.welcome').hidden = !empty;
    divider.hidden = find('.line').hidden = empty;
  };
  divider.addEventListener('input', divide);
  // A phone that is turned turns its camera.
  video.addEventListener('resize', () => video.videoWidth > 0 && shape());
  divide();

  return {
    video,
    canvas: find('canvas'),
    async show(source) {
      if (typeof source === 'string') video.src = source;
      else video.srcObject = source;
      await video.play();
      shape();
      notice.hidden = true;
      setEmpty(false);
    },
    mirror(mirrored) {
      sheet.toggleAttribute('data-mirrored', mirrored);
    },
    clear(trouble) {
      video.srcObject = null;
      video.removeAttribute('src');
      // Without it a file that was played stays open.
      video.load();
      notice.textContent = trouble ?? '';
      notice.hidden = trouble === undefined;
      document.documentElement.style.removeProperty('--ratio');
      setEmpty(true);
    },
  };
}
