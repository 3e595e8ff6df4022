import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { effects, looks, presets } from '../../src/all.ts';
import { runCommand } from '../../src/cli/runCommand.ts';
import { encode } from '../../src/node/encode.ts';
import { scene } from './pictures.ts';

/** How a run of the command in this process ended. */
export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run can be given beside its words. */
export interface CommandOptions {
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
  /** Sees each text on stdout as it is written. */
  readonly onStdout?: (text: string) => void;
}

const ROOT: string = new URL('../..', import.meta.url).pathname;

/** Runs `atelier` with these words in this process, with the real effects. */
export async function command(words: readonly string[], { signal = new AbortController().signal, isTTY = false, onStdout }: CommandOptions = {}): Promise<CommandRun> {
  let stdout = '';
  let stderr = '';
  const code = await runCommand(words, {
    catalog: { effects, looks, presets },
    root: ROOT,
    stdout: { write: (text) => { stdout += text; onStdout?.(text); } },
    stderr: { isTTY, write: (text) => { stderr += text; } },
    signal,
  });
  return { code, stdout, stderr };
}

/** A new folder with these files; a number of px stands for a PNG of that width. The caller removes it with `removeFolder`. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array | number>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-cli-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), typeof content === 'number' ? await png(content) : content);
  return folder;
}

/** A PNG file of our test scene, three quarters as high as wide. */
export async function png(width: number): Promise<Uint8Array> {
  return encode(scene(width, Math.ceil(width * 0.75)));
}

/** The names in a folder, hidden ones too. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}

/** Removes a folder with all in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
