import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** A folder with a `meta.json`. */
interface Example {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

const PLACE_OF_ENTRIES = '<!-- examples -->';
const PLACE_OF_HEAD = '<!-- head -->';
const LEADING = 'gallery';

/** The examples below `folder`, the gallery first and the others by their titles. */
export function examplesIn(folder: string): Example[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'meta.json')));
  return names.map((name) => readExample(folder, name)).sort((a, b) => Number(b.name === LEADING) - Number(a.name === LEADING) || a.title.localeCompare(b.title));
}

function readExample(folder: string, name: string): Example {
  const file = join(folder, name, 'meta.json');
  const { title, description } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Example>;
  if (typeof title !== 'string' || typeof description !== 'string') throw new Error(`${file}: must hold { "title": "…", "description": "…" }`);
  return { name, title, description };
}

/** Fills the first page of the examples with one entry for each, and the head of each one's page with what it says of itself; read anew at each visit. */
export function examplePages(folder: string): Plugin {
  return {
    name: 'atelier-example-pages',
    transformIndexHtml: {
      // Before the files that a head names are looked for.
      order: 'pre',
      handler: (html, { filename }) => html.replace(PLACE_OF_ENTRIES, () => examplesIn(folder).map(entryOf).join('\n')).replace(PLACE_OF_HEAD, () => headOf(readExample(folder, basename(dirname(filename))))),
    },
  };
}

function headOf({ title, description }: Example): string {
  return `<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="description" content="${escapeHtml(description)}" />
    <title>Atelier: ${escapeHtml(title)}</title>
    <link rel="icon" href="../shared/icon.svg" type="image/svg+xml" />`;
}

function entryOf({ name, title, description }: Example): string {
  return `<li><a href="./${encodeURIComponent(name)}/"><h2>${escapeHtml(title)}</h2><p>${escapeHtml(description)}</p></a></li>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
