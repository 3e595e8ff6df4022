/** Says in plain words why there is no picture from the camera. */
export class CameraError extends Error {}

const WORDS: Readonly<Record<string, string>> = {
  NotAllowedError: 'The camera was refused. You can allow it in the address bar of your browser, and try again.',
  NotFoundError: 'There is no camera here. Plug one in and try again.',
  NotReadableError: 'The camera is in use by another program, or the system keeps it. Close the other one, and try again.',
};

/**
 * Asks the visitor for a camera. Whoever gets it stops its tracks.
 * @param width - of the picture, in pixels, if the camera has it
 * @param gone - told when the camera is taken away
 * @throws {@link CameraError}
 */
export async function openCamera(width: number, gone: (words: string) => void): Promise<MediaStream> {
  // Pages that are not served by https have none.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new CameraError('This page may not ask for a camera: browsers allow that on https pages only.');
  try {
    const stream = await devices.getUserMedia({ audio: false, video: { facingMode: 'user', width: { ideal: width } } });
    stream.getVideoTracks()[0]?.addEventListener('ended', () => gone('The camera is gone.'));
    return stream;
  } catch (cause) {
    throw new CameraError(WORDS[(cause as DOMException).name] ?? `The camera could not be opened (${String(cause)}).`, { cause });
  }
}
