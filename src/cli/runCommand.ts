import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { ParameterError } from '../core/errors.ts';
import { VERSION } from '../core/version.ts';
import { PictureStore } from '../node/pictureStore.ts';
import type { Catalog } from './catalog.ts';
import { findInputs } from './findInputs.ts';
import { helpText } from './helpText.ts';
import { listJson, listText } from './listCatalog.ts';
import { nameOutputs, type OutputPaths } from './nameOutputs.ts';
import { EXTENSIONS } from './options.ts';
import { paintInputs, type PaintTask } from './paintInputs.ts';
import { parseArguments, type PaintRequest } from './parseArguments.ts';
import { progressBar, type TextOutput } from './progressBar.ts';
import { oneLine } from './report.ts';
import { openFolder } from './openFolder.ts';

/** What the command runs in. */
export interface CommandContext {
  readonly catalog: Catalog;
  /** The package's folder, with `samples/`. */
  readonly root: string;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Stops it; the reason is the name of the system's signal. */
  readonly signal: AbortSignal;
}

/** How the command ended. By the shell's custom it is 128 and the signal's number where a signal stopped it. */
export type ExitCode = number;

const PAINTED = 0;
const SOME_FAILED = 1;
const WRONG_USAGE = 2;
const SIGNALLED = 128;
const SAMPLE = join('samples', 'still-life.jpg');

/** The command `atelier`: does what the words ask for, and prints. */
export async function runCommand(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { catalog, stdout, stderr } = context;
  try {
    const request = parseArguments(words, catalog);
    if (request.kind === 'paint') return await paint(request, context);
    if (request.kind === 'list') stdout.write(request.json ? listJson(catalog) : listText(catalog));
    if (request.kind === 'help') stdout.write(helpText(catalog, VERSION));
    if (request.kind === 'version') stdout.write(`${VERSION}\n`);
    return PAINTED;
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    stderr.write(`atelier: ${oneLine(error.message)}\n`);
    return WRONG_USAGE;
  }
}

async function paint(request: PaintRequest, { catalog, root, stdout, stderr, signal }: CommandContext): Promise<ExitCode> {
  await openFolder(request.out, '--out');
  if (request.cache !== undefined) await openFolder(request.cache.folder, '--cache');
  const store = request.cache === undefined ? undefined : await PictureStore.open(request.cache.folder, request.cache.maxBytes);
  const tasks = await planTasks(request, catalog, root);
  for (const { input, outputs } of tasks) {
    if (outputs.numbered && input.error === undefined) stderr.write(`${oneLine(`${input.path}: another input has this name; this one is painted as ${outputs.stem}`)}\n`);
  }
  const bar = progressBar(stderr, tasks.length);
  let done = 0;
  bar.show(done);
  const report = await paintInputs(tasks, { ...request, store }, (picture) => {
    bar.clear();
    if (!request.json) for (const { path } of picture.outputs) stdout.write(`${path}\n`);
    if (picture.error !== undefined) stderr.write(`${oneLine(`${picture.input}: ${picture.error.message}`)}\n`);
    bar.show(++done);
  }, signal);
  bar.clear();
  if (report.error !== undefined) stderr.write(`atelier: ${oneLine(report.error.message)}\n`);
  if (request.json) stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  if (signal.aborted) {
    stderr.write(`atelier: stopped; ${done} of ${tasks.length} pictures are done\n`);
    return SIGNALLED + constants.signals[signal.reason as NodeJS.Signals];
  }
  return report.error === undefined && report.pictures.every(({ error }) => error === undefined) ? PAINTED : SOME_FAILED;
}

async function planTasks({ inputs, looks, out, format }: PaintRequest, { effects, looks: allLooks, presets }: Catalog, root: string): Promise<PaintTask[]> {
  // Below the current folder as a user would write it.
  const paths = inputs.length > 0 ? inputs : [relative('', join(root, SAMPLE))];
  const known = [...effects, ...allLooks].map(({ name }) => name).concat(Object.values(presets).flatMap(Object.keys));
  const found = await findInputs(paths, known);
  const outputs = nameOutputs(found.map(({ path }) => path), Object.keys(looks), out, EXTENSIONS[format]);
  return found.map((input, index) => ({ input, outputs: outputs[index] as OutputPaths }));
}
