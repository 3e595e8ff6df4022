import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PeerProcess, type Missing } from './peerProcess.ts';

/** A peer that could not be started, and what helps. */
export interface MissingPeer {
  readonly name: string;
  readonly reason: string;
  readonly install: string;
}

/** The programs that ours is measured against. */
export interface Peers {
  readonly openCv: PeerProcess | undefined;
  readonly openCvJs: PeerProcess | undefined;
  /** `kuwahara.cpp`, compiled for this machine. */
  readonly cpp: PeerProcess | undefined;
  readonly missing: readonly MissingPeer[];
}

/** Says how OpenCV with all of its modules is had. */
export const INSTALL_OPENCV = 'apt-get install python3-opencv (Debian), or pip install opencv-contrib-python';
// `latest` is an older one that never finishes to load.
const INSTALL_OPENCV_JS = 'npm install --no-save @techstark/opencv-js@4.12.0-release.1';
const INSTALL_COMPILER = 'apt-get install g++ (Debian)';
const COMPILER = ['g++', '-std=c++17', '-O3', '-march=native', '-ffast-math', '-pthread'] as const;
const PYTHONS: readonly string[] = ['python3', '/usr/bin/python3'];
const MODULES = 2;

/**
 * Starts every peer there is and names those there are not.
 * @param folder - where `openCv.py`, `openCvJs.mjs` and `kuwahara.cpp` lie
 * @param pythons - commands to try; the first that has OpenCV with its extra modules is taken, else the first that has OpenCV
 */
export async function openPeers(folder: string, pythons: readonly string[] = PYTHONS): Promise<Peers> {
  const openCv = await openOpenCv(join(folder, 'openCv.py'), pythons);
  const openCvJs = await PeerProcess.open(process.execPath, [join(folder, 'openCvJs.mjs')]);
  const cpp = await openCpp(join(folder, 'kuwahara.cpp'));
  const missing: MissingPeer[] = [];
  if ('missing' in openCv) missing.push({ name: 'OpenCV', reason: openCv.missing, install: INSTALL_OPENCV });
  if ('missing' in openCvJs) missing.push({ name: 'opencv.js', reason: openCvJs.missing, install: INSTALL_OPENCV_JS });
  if ('missing' in cpp) missing.push({ name: 'C++', reason: cpp.missing, install: INSTALL_COMPILER });
  return { openCv: present(openCv), openCvJs: present(openCvJs), cpp: present(cpp), missing };
}

/** Ends them. */
export function closePeers({ openCv, openCvJs, cpp }: Peers): void {
  for (const peer of [openCv, openCvJs, cpp]) peer?.close();
}

async function openOpenCv(worker: string, pythons: readonly string[]): Promise<PeerProcess | Missing> {
  let best: PeerProcess | undefined;
  const reasons: string[] = [];
  for (const python of pythons) {
    const found = await PeerProcess.open(python, [worker]);
    if ('missing' in found) {
      reasons.push(found.missing);
    } else if (best === undefined || found.hello.modules.length > best.hello.modules.length) {
      best?.close();
      best = found;
    } else {
      found.close();
    }
    if (best?.hello.modules.length === MODULES) break;
  }
  return best ?? { missing: [...new Set(reasons)].join('; ') };
}

/** Compiles and starts it; the program lies in a folder that is removed with this process. */
async function openCpp(source: string): Promise<PeerProcess | Missing> {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-cpp-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'program');
  const [compiler, ...flags] = COMPILER;
  try {
    await promisify(execFile)(compiler, [...flags, source, '-o', program]);
  } catch (error) {
    return { missing: ((error as Error).message.trim().split('\n').find((line) => /error|ENOENT/.test(line)) ?? `${compiler} failed`).trim() };
  }
  return PeerProcess.open(program, []);
}

function present(peer: PeerProcess | Missing): PeerProcess | undefined {
  return 'missing' in peer ? undefined : peer;
}
