import { cpus } from 'node:os';
import { acquireDevice } from '../src/core/device.ts';
import { readTraits } from '../src/core/deviceTraits.ts';
import { ParameterError } from '../src/core/errors.ts';
import type { Size } from '../src/core/frameGraph.ts';
import type { Pixels } from '../src/io/pixels.ts';
import { importDawn } from '../src/node/dawn.ts';
import { openGpu } from '../src/node/openGpu.ts';
import { closePeers, openPeers } from './openPeers.ts';
import { openPipeline } from './ourPipeline.ts';
import { parseArguments, type BenchRequest } from './parseArguments.ts';
import { openExchange } from './peerContestant.ts';
import { openReferences } from './quality.ts';
import { renderMachine, renderTable } from './renderReport.ts';
import type { Machine, Table } from './report.ts';
import { measureRoofline } from './roofline.ts';
import { runScenario, type Rig } from './runScenario.ts';
import { saveReport } from './saveReport.ts';
import { scenarios } from './scenarios/index.ts';

/** What differs between the checkout and the bundle. */
export interface Surroundings {
  /** The folder of the peers' programs. */
  readonly peers: string;
  /** The folder to write to. */
  readonly results: string;
  /** The picture that all pictures are made of. */
  loadSample(): Promise<Pixels>;
}

const SMALL_SIZES: readonly Size[] = [{ width: 640, height: 360 }, { width: 1280, height: 720 }];
const LARGE_SIZES: readonly Size[] = [{ width: 1920, height: 1080 }, { width: 3840, height: 2160 }];
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** The command `npm run bench`. Prints each table when it is done and stores it, so that an interrupted run keeps what it has. Returns the exit code. */
export async function benchmark(words: readonly string[], surroundings: Surroundings): Promise<number> {
  // Ended by a signal alone, Node would leave the files and the other programs behind.
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => process.exit(code));
  try {
    return await raceAll(parseArguments(words, scenarios.map(({ name }) => name)), surroundings);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    console.error(`bench: ${error.message}`);
    return 2;
  }
}

async function raceAll(request: BenchRequest, { peers: programs, results, loadSample }: Surroundings): Promise<number> {
  const { device, ...adapter } = await openDevice();
  const errors: string[] = [];
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    errors.push(event.error.message);
  });
  const peers = await openPeers(programs);
  const sample = await loadSample();
  const machine: Machine = {
    ...adapter,
    processor: `${cpus()[0]?.model ?? process.arch}, ${cpus().length} threads`,
    node: process.version,
    roofline: await measureRoofline(device, adapter.isFallback),
    peers: [peers.openCv, peers.openCvJs, peers.cpp].flatMap((peer) => peer?.hello.version ?? []),
    missing: peers.missing,
  };
  console.log(renderMachine(machine));
  const rig: Rig = {
    device, isFallback: adapter.isFallback, sample, peers, exchange: openExchange(), roofline: machine.roofline, repeats: request.repeats,
    exampleOf: openReferences(sample, async (look, photo) => {
      const pipeline = await openPipeline(device, { name: 'reference', look }, photo);
      const painted = await pipeline.kernels.paint(photo);
      pipeline.destroy();
      return painted;
    }),
  };

  const tables: Table[] = [];
  let failures = 0;
  for (const scenario of scenarios.filter(({ name }) => request.scenarios.includes(name))) {
    for (const size of request.sizes ?? (adapter.isFallback ? SMALL_SIZES : [...SMALL_SIZES, ...LARGE_SIZES])) {
      try {
        const table = await runScenario(scenario, size, rig);
        if (errors.length > 0) throw new Error(`the GPU refused a call: ${errors.splice(0).join('; ')}`);
        console.log(renderTable(table));
        tables.push(table);
        await saveReport(results, { machine, tables });
      } catch (error) {
        failures++;
        console.error(`bench: ${scenario.name} at ${size.width}x${size.height} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
  }
  if (tables.length > 0) console.log(`stored in ${await saveReport(results, { machine, tables })}`);
  closePeers(peers);
  return failures === 0 ? 0 : 1;
}

async function openDevice(): Promise<{ device: GPUDevice } & Pick<Machine, 'adapter' | 'driver' | 'isFallback' | 'lineKernels'>> {
  const dawn = await importDawn();
  // Dawn rounds timestamps to 0.1 ms, for pages that might spy with them.
  const gpu = await openGpu({ ...dawn, create: (flags: string[]) => dawn.create([...flags, 'disable-dawn-features=timestamp_quantization']) });
  const acquired = await acquireDevice({ gpu, powerPreference: 'high-performance' });
  const device = acquired.handle;
  const { lineKernels } = await readTraits(acquired);
  const { device: model, description, vendor, isFallbackAdapter } = device.adapterInfo;
  // Browsers leave the model out, and driver names come with stray hyphens.
  const adapter = (model || vendor || 'unnamed').replaceAll(/^-+|-+$/g, '');
  return { device, adapter, driver: description || 'driver unknown', isFallback: isFallbackAdapter, lineKernels };
}
