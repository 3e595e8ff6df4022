#!/usr/bin/env node
import { join } from 'node:path';
import { effects, looks, presets } from '../all.ts';
import { failureOf, oneLine } from './report.ts';
import { runCommand } from './runCommand.ts';

const FAILED = 1;

/** No stack trace ever. */
function fail(error: Error): number {
  process.stderr.write(`atelier: ${oneLine(failureOf(error).message)}\n`);
  return FAILED;
}

process.on('uncaughtException', (error) => process.exit(fail(error)));
// Whoever reads the lines may have read enough, as `head` does.
process.stdout.on('error', () => process.exit());

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stopping.abort(name));

// dist/cli and src/cli lie equally deep in the package.
const root = join(import.meta.dirname, '..', '..');
process.exitCode = await runCommand(process.argv.slice(2), { catalog: { effects, looks, presets }, root, stdout: process.stdout, stderr: process.stderr, signal: stopping.signal }).catch(fail);
