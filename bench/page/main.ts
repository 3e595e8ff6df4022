import { Studio, type Look, type Size } from 'atelier-gpu';
import { looks } from 'atelier-gpu/all';
import { presentVideo } from './presentVideo.ts';
import { patchCalls, withoutBrowser } from './withoutBrowser.ts';

/** What a frame of a camera costs, each a time in milliseconds for each frame. */
export interface FrameTimes {
  /** How long the page's thread is held up. */
  readonly cpu: number[];
  /** The same where WebGPU's calls do nothing: what of it is the page's own code. */
  readonly own: number[];
  /** From then on until the GPU is done. */
  readonly gpu: number[];
}

const WARM_UP = 2;
/** So many that the engine has compiled the code, as in a page that goes on. */
const FRAMES_ALONE = 300;

patchCalls();
const device = await openDevice();
const studio = await Studio.create({ device });
const canvas = document.body.appendChild(document.createElement('canvas'));

async function openDevice(): Promise<GPUDevice> {
  for (;;) {
    // The first request after a browser's start can answer null.
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter !== null) return adapter.requestDevice();
  }
}

/** The fake camera of a browser, in a video that plays. */
async function openCamera({ width, height }: Size): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width, height, frameRate: 30 } });
  await video.play();
  return video;
}

const nextFrame = (video: HTMLVideoElement): Promise<unknown> => new Promise((resolve) => video.requestVideoFrameCallback(resolve));

/** Times `show`, with a new frame each and the GPU idle before it. */
async function time(video: HTMLVideoElement, frames: number, show: () => void): Promise<FrameTimes> {
  const times: FrameTimes = { cpu: [], own: [], gpu: [] };
  for (let frame = -WARM_UP; frame < frames; frame++) {
    await nextFrame(video);
    const began = performance.now();
    show();
    const submitted = performance.now();
    await device.queue.onSubmittedWorkDone();
    if (frame < 0) continue;
    times.cpu.push(submitted - began);
    times.gpu.push(performance.now() - submitted);
  }
  for (let frame = 0; frame < FRAMES_ALONE; frame++) {
    const began = performance.now();
    withoutBrowser(show);
    times.own.push(performance.now() - began);
    await device.queue.onSubmittedWorkDone();
  }
  return times;
}

async function paint(video: HTMLVideoElement, frames: number, look: Look): Promise<FrameTimes> {
  const pipeline = studio.pipeline(look);
  await pipeline.ready;
  while (!pipeline.render(video, canvas)) await nextFrame(video);
  const times = await time(video, frames, () => void pipeline.render(video, canvas));
  pipeline.destroy();
  return times;
}

const bench = {
  looks: looks.map(({ name }) => name),
  isolated: crossOriginIsolated,
  /** Of a look by its name, or of a page that shows the same camera with WebGPU and nothing more. */
  async measure(name: string | undefined, size: Size, frames: number): Promise<FrameTimes> {
    const video = await openCamera(size);
    Object.assign(canvas, size);
    const look = looks.find((candidate) => candidate.name === name);
    const times = look === undefined ? await time(video, frames, presentVideo(device, video)) : await paint(video, frames, look.step({}));
    for (const track of (video.srcObject as MediaStream).getTracks()) track.stop();
    return times;
  },
};

declare global {
  /** Only in this page. */
  var bench: typeof import('./main.ts').bench;
}
globalThis.bench = bench;
export { bench };
