import type { Page } from 'puppeteer';
import { expect } from 'vitest';
import { test as base } from '../support/page.ts';

const test = base.extend('streamPage', async ({ page, site }): Promise<Page> => {
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  return page;
});

test('a stream of frames is painted as one with the same times, through a generator; every frame is closed once', async ({ streamPage }) => {
  const seen = await streamPage.evaluate(() =>
    fixture.withStudio(async (_same, studio) => {
      const { library, video, until, errorOf } = fixture;
      const watch = video.watchFrames();
      const canvas = video.redCanvas();
      const pipeline = studio.pipeline(library.adjust({ hue: -120 }));
      await pipeline.ready;
      const times: number[] = [];
      const source = new ReadableStream<VideoFrame>({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          times.push(33_333 * (times.length + 1));
          controller.enqueue(new VideoFrame(canvas, { timestamp: times.at(-1) as number }));
        },
      });
      const painted = await pipeline.toMediaStream(source, { maxSize: 32 });
      const colours = new Set<string>();
      const shownTimes: number[] = [];
      const reader = new MediaStreamTrackProcessor({ track: painted.track as MediaStreamVideoTrack }).readable.getReader();
      while (shownTimes.length < 8) {
        const { value } = (await reader.read()) as { value: VideoFrame };
        colours.add(`${video.colourOf(value)} ${value.displayWidth}x${value.displayHeight}`);
        shownTimes.push(value.timestamp);
        value.close();
      }
      const kind = painted.track.constructor.name;
      const same = painted.stream === painted.stream && painted.stream.getVideoTracks()[0] === painted.track;
      painted.stop();
      painted.stop();
      await painted.ended;
      await until(() => watch.open() === 0);
      return {
        kind, same, colours: [...colours], strange: shownTimes.filter((time) => !times.includes(time)), rising: shownTimes.every((time, i) => i === 0 || time > (shownTimes[i - 1] as number)),
        painted: painted.stats.painted, state: painted.track.readyState, closedAgain: watch.closedAgain(), frames: watch.frames.size, late: await errorOf(() => painted.record()),
      };
    }),
  );
  expect(seen).toMatchObject({ kind: 'MediaStreamTrackGenerator', same: true, colours: ['blue 32x24'], strange: [], rising: true, state: 'ended', closedAgain: 0, late: 'InputError source-closed' });
  expect(seen.painted).toBeGreaterThanOrEqual(8);
  expect(seen.frames, 'frames in, out and shown').toBeGreaterThan(16);
});

test('a track is painted in each way that a browser may have, and whoever ends it ends all but the source', async ({ streamPage }) => {
  const seen = await streamPage.evaluate(() =>
    fixture.withStudio(async (_same, studio) => {
      const { library, video, until, errorOf } = fixture;
      const watch = video.watchFrames();
      const pipeline = studio.pipeline(library.adjust({ hue: -120 }));
      await pipeline.ready;
      const source = video.trackOf(video.redCanvas());
      const Draft = MediaStreamTrackGenerator;
      const global = globalThis as { MediaStreamTrackGenerator?: unknown; MediaStreamTrackProcessor?: unknown; VideoTrackGenerator?: unknown };
      const found: Record<string, unknown> = {};
      const shows = async (way: string, end: (painted: Awaited<ReturnType<typeof pipeline.toMediaStream>>) => void): Promise<void> => {
        const painted = await pipeline.toMediaStream(source);
        const shown = await video.playing(painted.stream);
        await until(() => video.colourOf(shown) === 'blue');
        end(painted);
        const outcome = await painted.ended.then(() => 'ended', (error: Error) => error.name);
        found[way] = [painted.track.constructor.name, shown.videoWidth, shown.videoHeight, outcome, painted.track.readyState, source.readyState].join(' ');
      };
      await shows('draft', (painted) => painted.stop());
      let standards = 0;
      global.VideoTrackGenerator = class {
        readonly track = new Draft({ kind: 'video' });
        readonly writable = this.track.writable;
        constructor() {
          standards++;
        }
      };
      await shows('standard', (painted) => painted.track.stop());
      delete global.VideoTrackGenerator;
      delete global.MediaStreamTrackGenerator;
      await shows('captured', (painted) => painted.track.stop());
      delete global.MediaStreamTrackProcessor;
      await shows('played and captured', () => source.stop());
      await until(() => watch.open() === 0);

      const again = video.trackOf(video.redCanvas());
      const ended = await pipeline.toMediaStream(again);
      const [sound] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks() as [MediaStreamTrack];
      const { captureStream } = HTMLCanvasElement.prototype;
      const errors = {
        sound: await errorOf(() => pipeline.toMediaStream(sound)),
        several: await errorOf(() => studio.pipeline({ a: library.adjust(), b: library.adjust() }).toMediaStream(again)),
        nothing: await errorOf(() => (Reflect.deleteProperty(HTMLCanvasElement.prototype, 'captureStream'), pipeline.toMediaStream(again))),
        destroyed: await errorOf(() => (pipeline.destroy(), ended.ended)),
        later: await errorOf(() => pipeline.toMediaStream(again)),
      };
      HTMLCanvasElement.prototype.captureStream = captureStream;
      return { found, standards, errors, closedAgain: watch.closedAgain(), track: ended.track.readyState };
    }),
  );
  expect(seen.found).toEqual({
    draft: 'MediaStreamTrackGenerator 64 48 ended ended live',
    standard: 'MediaStreamTrackGenerator 64 48 ended ended live',
    captured: 'CanvasCaptureMediaStreamTrack 64 48 ended ended live',
    'played and captured': 'CanvasCaptureMediaStreamTrack 64 48 ended ended ended',
  });
  expect(seen).toMatchObject({ standards: 1, closedAgain: 0, track: 'ended' });
  expect(seen.errors).toEqual({ sound: 'InputError input', several: 'InputError input', nothing: 'UnsupportedError unsupported', destroyed: 'DestroyedError destroyed', later: 'DestroyedError destroyed' });
});

test('what is painted is recorded as a file that plays, from a stream and from a canvas', async ({ streamPage }) => {
  const seen = await streamPage.evaluate(() =>
    fixture.withStudio(async (_same, studio) => {
      const { library, video, until, errorOf } = fixture;
      const pipeline = studio.pipeline(library.adjust({ hue: -120 }));
      await pipeline.ready;
      const red = video.redCanvas();
      const painted = await pipeline.toMediaStream(video.trackOf(red));
      const files: Record<string, string> = {};
      const keep = async (name: string, file: Blob): Promise<void> => {
        const shown = await video.playing(file);
        await until(() => video.colourOf(shown) === 'blue');
        files[name] = `${file.type} ${shown.videoWidth}x${shown.videoHeight}`;
      };
      const { isTypeSupported } = MediaRecorder;
      const asked: string[] = [];
      MediaRecorder.isTypeSupported = (type) => (asked.push(type), isTypeSupported.call(MediaRecorder, type));
      const first = await painted.record();
      const second = await painted.record({ type: 'video/webm;codecs=vp8', bitsPerSecond: 2e5 });
      const third = await painted.record();
      const begun = painted.stats.painted;
      await until(() => painted.stats.painted > begun + 10);
      const file = first.stop();
      await keep('default', await file);
      const again = (await first.stop()) === (await file);
      third.cancel();
      third.cancel();
      // The stream ends, and its recording with it.
      painted.stop();
      await keep('chosen', await second.stop());

      const canvas = document.createElement('canvas');
      document.body.append(canvas);
      const live = pipeline.attach(red, canvas);
      await until(() => live.stats.painted > 0);
      const tracks: MediaStreamTrack[] = [];
      const { captureStream } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.captureStream = function (this: HTMLCanvasElement) {
        const stream = captureStream.call(this);
        tracks.push(...stream.getTracks());
        return stream;
      };
      const recordings = [await live.record({ type: 'video/webm' }), await live.record({ type: 'video/webm' }), await live.record()];
      const errors = {
        type: await live.record({ type: 'video/ogg' }).catch((error: Error) => `${error.name} ${error.message}`),
        bits: await errorOf(() => live.record({ bitsPerSecond: 0 })),
        cancelled: await errorOf(() => third.stop()),
        offscreen: await errorOf(() => pipeline.attach(red, new OffscreenCanvas(8, 8)).record()),
      };
      const from = live.stats.painted;
      await until(() => live.stats.painted > from + 10);
      await keep('canvas', await (recordings[0] as (typeof recordings)[number]).stop());
      recordings[1]?.cancel();
      live.stop();
      const rest = await (recordings[2] as (typeof recordings)[number]).stop();
      return { files, again, errors, chosen: first.type, asked: asked[0], tracks: tracks.map(({ readyState }) => readyState), rest: rest.size, ended: await errorOf(() => live.record()) };
    }),
  );
  expect(seen.files).toEqual({ default: `${seen.chosen} 64x48`, chosen: 'video/webm;codecs=vp8 64x48', canvas: 'video/webm 300x150' });
  expect(seen).toMatchObject({ again: true, asked: 'video/mp4;codecs=avc1', ended: 'InputError source-closed' });
  expect(seen.errors.type).toMatch(/^InputError .*"video\/ogg".*video\/webm;codecs=vp9/);
  expect(seen.errors).toMatchObject({ bits: 'ParameterError parameter', cancelled: 'DestroyedError destroyed', offscreen: 'InputError input' });
  expect(seen.rest).toBeGreaterThan(0);
  expect(new Set(seen.tracks), 'tracks of the canvas').toEqual(new Set(['ended']));
});
