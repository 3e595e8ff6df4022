import type { PaintedStream } from 'atelier-gpu';

/** The browser's small window for a video, which stays in sight when the page does not. */
export interface FloatingWindow {
  /** Opens or closes it. */
  toggle(): Promise<void>;
  /** Shows the stream of another painting, if it is open. */
  renew(): Promise<void>;
  close(): void;
}

/** Whether the browser has such windows. */
export const CAN_FLOAT: boolean = document.pictureInPictureEnabled === true;

/** @param paint - begins a painted stream; `told` hears whether the window is open */
export function floatingWindow(paint: () => Promise<PaintedStream | undefined>, told: (open: boolean) => void): FloatingWindow {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  let painted: PaintedStream | undefined;

  async function renew(): Promise<void> {
    if (painted === undefined) return;
    await show();
  }

  async function show(): Promise<void> {
    const before = painted;
    painted = await paint();
    before?.stop();
    video.srcObject = painted?.stream ?? null;
    if (painted !== undefined) await video.play();
  }

  function close(): void {
    painted?.stop();
    painted = undefined;
    video.srcObject = null;
    if (document.pictureInPictureElement === video) void document.exitPictureInPicture();
  }

  video.addEventListener('enterpictureinpicture', () => told(true));
  video.addEventListener('leavepictureinpicture', () => {
    close();
    told(false);
  });
  return {
    async toggle() {
      if (painted !== undefined) return close();
      await show();
      if (painted !== undefined) await video.requestPictureInPicture();
    },
    renew,
    close,
  };
}
