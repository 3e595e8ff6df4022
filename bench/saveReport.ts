import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderReport } from './renderReport.ts';
import { mergeTables, type Report } from './report.ts';

/**
 * Writes a report as JSON and Markdown, beside those of other adapters. Tables of earlier runs stay until they are made anew.
 * @returns the path of the Markdown
 */
export async function saveReport(folder: string, { machine, tables }: Report): Promise<string> {
  const base = join(folder, fileNameOf(machine.adapter));
  const report: Report = { machine, tables: mergeTables(await readTables(`${base}.json`), tables) };
  await mkdir(folder, { recursive: true });
  await writeWhole(`${base}.json`, `${JSON.stringify(report, undefined, 2)}\n`);
  await writeWhole(`${base}.md`, renderReport(report));
  return `${base}.md`;
}

/** An adapter's name in letters, digits and hyphens. */
export function fileNameOf(adapter: string): string {
  return adapter.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'unnamed';
}

async function readTables(file: string): Promise<Report['tables']> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as Report).tables;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

// An interrupted run must not leave half a file in the place of the last one.
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.unfinished`, text);
  await rename(`${file}.unfinished`, file);
}
