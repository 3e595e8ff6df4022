import { loadavg } from 'node:os';
import { ParameterError } from '../src/core/errors.ts';
import type { Size } from '../src/core/frameGraph.ts';
import type { Pixels } from '../src/io/pixels.ts';
import type { Contestant } from './contestant.ts';
import { interleave, type Timing } from './interleave.ts';
import { INSTALL_OPENCV, type Peers } from './openPeers.ts';
import { openFrame, openPipeline, type OurPipeline } from './ourPipeline.ts';
import { openPeerContestant, type Exchange } from './peerContestant.ts';
import { makePhoto } from './photo.ts';
import { judge, type Example } from './quality.ts';
import { ratiosOf, type Quality, type Row, type Table } from './report.ts';
import { shareOfRoofline, type Roofline } from './roofline.ts';
import type { DevicePeer, OwnRow, Scenario, SmallReference } from './scenario.ts';

/** What all races share. */
export interface Rig {
  readonly device: GPUDevice;
  readonly isFallback: boolean;
  readonly sample: Pixels;
  readonly peers: Peers;
  readonly exchange: Exchange;
  readonly roofline: Roofline;
  readonly repeats: number;
  exampleOf(reference: SmallReference): Promise<Example>;
}

interface Entry {
  readonly contestant: Contestant;
  readonly quality: Quality;
  readonly isPeer?: true;
  /** Of ours, from texture to texture. */
  readonly own?: { readonly row: OwnRow; readonly pipeline: OurPipeline };
}

/** Runs one race at one size. */
export async function runScenario(scenario: Scenario, size: Size, rig: Rig): Promise<Table> {
  const leftOut: string[] = [];
  const own = scenario.own.filter(({ needsGpu }) => needsGpu !== true || !rig.isFallback);
  for (const { name } of scenario.own.filter((row) => !own.includes(row))) leftOut.push(`${name}: not on a fallback adapter, where it takes minutes`);
  const photo = makePhoto(rig.sample, size);
  const pipelines = await openPipelines(own, photo, rig.device, leftOut);
  const frame = pipelines.length === 0 ? undefined : await openFrame(rig.device, photo);
  const devicePeer = pipelines.length === 0 ? undefined : await scenario.openDevicePeer?.(rig.device, photo);
  try {
    const load = loadavg()[0] as number;
    const raced = pipelines.length === 0 ? [] : await enter(scenario, own, pipelines, devicePeer, photo, rig, leftOut);
    const entries = raced.length === 0 || frame === undefined ? [] : [...raced, await enterFrame(frame, photo)];
    const timings = entries.length === 0 ? [] : await interleave(entries.map(({ contestant }) => contestant), rig.repeats);
    const rows = entries.map((entry, i) => rowOf(entry, timings[i] as Timing, timings[0] as Timing, timings.at(-1) as Timing, size, rig.roofline));
    return { scenario: scenario.name, ...size, date: new Date().toISOString(), load, repeats: rig.repeats, rows, leftOut };
  } finally {
    for (const pipeline of pipelines) pipeline.destroy();
    frame?.destroy();
    devicePeer?.destroy();
    await rig.exchange.clear();
  }
}

async function openPipelines(own: readonly OwnRow[], photo: Pixels, device: GPUDevice, leftOut: string[]): Promise<OurPipeline[]> {
  const pipelines: OurPipeline[] = [];
  try {
    for (const row of own) pipelines.push(await openPipeline(device, row, photo));
    return pipelines;
  } catch (error) {
    for (const pipeline of pipelines) pipeline.destroy();
    if (!(error instanceof ParameterError)) throw error;
    leftOut.push(`not raced, because ours cannot be made: ${error.message}`);
    return [];
  }
}

async function enter(scenario: Scenario, own: readonly OwnRow[], pipelines: readonly OurPipeline[], devicePeer: DevicePeer | undefined, photo: Pixels, rig: Rig, leftOut: string[]): Promise<Entry[]> {
  const native = await enterOpenCv(scenario, photo, rig, leftOut);
  const [referee] = native;
  const example: Example | undefined = referee && { photo, painted: await referee.contestant.paint(photo), by: 'OpenCV' };
  const entries: Entry[] = [];
  for (const [i, row] of own.entries()) {
    const { kernels, endToEnd } = pipelines[i] as OurPipeline;
    const known = example ?? (row.reference && (await rig.exampleOf(row.reference)));
    if (known === undefined) {
      leftOut.push(`${row.name}: not timed, because nothing here tells its quality`);
      continue;
    }
    const quality = await judge(kernels, known, row.atLeast);
    entries.push({ contestant: kernels, quality, own: { row, pipeline: pipelines[i] as OurPipeline } });
    if (i === 0) entries.push({ contestant: endToEnd, quality });
  }
  if (entries.length === 0) return [];
  const known = example ?? (own[0]?.reference && (await rig.exampleOf(own[0].reference)));
  return [...entries, ...native, ...(await enterDevicePeer(devicePeer, known)), ...(await enterCpp(scenario, photo, known, rig, leftOut)), ...(await enterOpenCvJs(scenario, photo, known, rig, leftOut))];
}

async function enterFrame({ kernels }: OurPipeline, photo: Pixels): Promise<Entry> {
  return { contestant: kernels, quality: await judge(kernels, { photo, painted: photo, by: 'the source' }) };
}

async function enterOpenCv({ openCv: operation }: Scenario, photo: Pixels, { peers, exchange }: Rig, leftOut: string[]): Promise<Entry[]> {
  if (operation === undefined) return [];
  if (peers.openCv === undefined) {
    leftOut.push('without OpenCV, which is missing');
    return [];
  }
  const entries: Entry[] = [];
  for (const threads of ['all', 1] as const) {
    const name = `OpenCV, ${threads === 'all' ? peers.openCv.hello.threads : threads} thread${threads === 1 ? '' : 's'}`;
    const contestant = await openPeerContestant(name, peers.openCv, operation, threads, exchange, photo);
    if ('missing' in contestant) {
      leftOut.push(`without OpenCV: ${contestant.missing}; to have it: ${INSTALL_OPENCV}`);
      return [];
    }
    entries.push({ contestant, quality: { kind: 'reference' }, isPeer: true });
  }
  return entries;
}

async function enterDevicePeer(peer: DevicePeer | undefined, known: Example | undefined): Promise<Entry[]> {
  return peer === undefined || known === undefined ? [] : [{ contestant: peer.contestant, quality: await judge(peer.contestant, known), isPeer: true }];
}

const CPP_THREADS = 2;

async function enterCpp({ cpp: operation }: Scenario, photo: Pixels, known: Example | undefined, { peers, exchange }: Rig, leftOut: string[]): Promise<Entry[]> {
  if (operation === undefined || known === undefined) return [];
  if (peers.cpp === undefined) {
    leftOut.push('without the loop in C++, which is missing');
    return [];
  }
  const contestant = await openPeerContestant(`C++ loop, ${CPP_THREADS} threads`, peers.cpp, operation, CPP_THREADS, exchange, photo);
  if ('missing' in contestant) {
    leftOut.push(`without C++: ${contestant.missing}`);
    return [];
  }
  return [{ contestant, quality: await judge(contestant, known), isPeer: true }];
}

async function enterOpenCvJs({ openCvJs: operation }: Scenario, photo: Pixels, known: Example | undefined, rig: Rig, leftOut: string[]): Promise<Entry[]> {
  if (operation === undefined) return [];
  if (rig.peers.openCvJs === undefined) {
    leftOut.push('without opencv.js, which is missing');
    return [];
  }
  const contestant = await openPeerContestant('opencv.js', rig.peers.openCvJs, operation, 1, rig.exchange, photo);
  if ('missing' in contestant || known === undefined) {
    leftOut.push(`without opencv.js: ${'missing' in contestant ? contestant.missing : 'nothing here tells its quality'}`);
    return [];
  }
  return [{ contestant, quality: await judge(contestant, known), isPeer: true }];
}

function rowOf({ contestant, quality, own, isPeer }: Entry, timing: Timing, base: Timing, frame: Timing, { width, height }: Size, roofline: Roofline): Row {
  const ms = (timing.gpu ?? timing.wall).median;
  const row: Row = {
    name: contestant.name,
    quality,
    ...timing,
    nanosecondsPerPixel: (ms * 1e6) / (width * height),
    ratios: ratiosOf(timing, base, isPeer === true ? frame : undefined),
  };
  if (own === undefined) return row;
  const { bytesPerPixel, flopPerPixel = 0 } = own.row;
  const { lineKernels, facts } = own.pipeline;
  const counted = typeof bytesPerPixel === 'object' ? bytesPerPixel[lineKernels] : bytesPerPixel;
  const work = { bytes: counted === undefined ? facts.bytes : counted * width * height, flop: flopPerPixel * width * height };
  return { ...row, gigabytesPerSecond: work.bytes / ms / 1e6, shareOfRoofline: shareOfRoofline(work, ms, roofline), passes: facts.passes, poolBytes: own.pipeline.poolBytes() };
}
