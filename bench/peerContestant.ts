import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pixels } from '../src/io/pixels.ts';
import type { Contestant, Sample } from './contestant.ts';
import type { Missing, Operation, PeerProcess, PictureFile } from './peerProcess.ts';

/** Files through which pictures go to other processes and back. Owns: a folder, removed at the latest with this process. */
export interface Exchange {
  /** The picture as a file; written once. */
  fileOf(photo: Pixels): Promise<PictureFile>;
  /** A name for a result. */
  readonly output: string;
  /** Removes the pictures. */
  clear(): Promise<void>;
}

/** Makes an exchange in the system's temporary folder. */
export function openExchange(): Exchange {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const files = new Map<Pixels, PictureFile>();
  let written = 0;
  return {
    output: join(folder, 'painted.rgba'),
    async fileOf(photo) {
      const known = files.get(photo);
      if (known !== undefined) return known;
      // Never a name used before: the other side keeps pictures by name.
      const file = join(folder, `photo-${written++}.rgba`);
      await writeFile(file, photo.data);
      const picture = { file, width: photo.width, height: photo.height };
      files.set(photo, picture);
      return picture;
    },
    async clear() {
      for (const { file } of files.values()) await rm(file);
      files.clear();
    },
  };
}

/** An operation of a peer on a picture, or why the peer cannot take part. */
export async function openPeerContestant(name: string, peer: PeerProcess, operation: Operation, threads: number | 'all', exchange: Exchange, photo: Pixels): Promise<Contestant | Missing> {
  const ask = async (picture: Pixels, times: number, output?: string): Promise<Sample | Missing> =>
    peer.run({ operation, threads, times, image: await exchange.fileOf(picture), ...(output === undefined ? {} : { output }) });
  const trial = await ask(photo, 1);
  if ('missing' in trial) return trial;
  return {
    name,
    run: async (times) => answered(await ask(photo, times)),
    async paint(picture) {
      answered(await ask(picture, 1, exchange.output));
      return { ...picture, data: new Uint8ClampedArray(await readFile(exchange.output)) };
    },
  };
}

function answered(sample: Sample | Missing): Sample {
  if ('missing' in sample) throw new Error(sample.missing);
  return sample;
}
