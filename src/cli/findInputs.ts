import { readdir, stat } from 'node:fs/promises';
import { extname, join, parse, resolve } from 'node:path';
import { InputError } from '../core/errors.ts';

/** A picture file to paint, or a name on the command line that leads to none. */
export interface Input {
  /** As the user gave it, or below the folder the user gave. */
  readonly path: string;
  /** Why it cannot be painted. */
  readonly error?: InputError;
}

const EXTENSIONS = ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.avif', '.tif', '.tiff'];
const BY_NAME = new Intl.Collator('en', { numeric: true }).compare;

/**
 * The picture files that names on a command line mean: files as they are, of a folder the pictures directly in it, by extension and in the order of their names. Each file comes once.
 * Hidden files are left out, and so are paintings of an earlier run: `photo.sketch.png` beside `photo.jpg`, where `sketch` is one of `outputs`, the names that paintings can have.
 */
export async function findInputs(paths: readonly string[], outputs: readonly string[]): Promise<Input[]> {
  const found = new Map<string, Input>();
  for (const path of paths) {
    for (const input of await findOne(path, outputs)) {
      const absolute = resolve(input.path);
      if (!found.has(absolute)) found.set(absolute, input);
    }
  }
  return [...found.values()];
}

async function findOne(path: string, outputs: readonly string[]): Promise<Input[]> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return await findInFolder(path, outputs);
    // A device as /dev/zero has no end; a pipe has.
    if (stats.isFile() || stats.isFIFO()) return [{ path }];
    return [failed(path, 'is neither a file nor a folder; give a picture file')];
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return [failed(path, code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist; give a picture file or a folder with pictures' : `cannot be read (${message}); give a file or folder that may be read`, cause)];
  }
}

async function findInFolder(folder: string, outputs: readonly string[]): Promise<Input[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && isPicture(entry.name)).map(({ name }) => name).sort(BY_NAME);
  const stems = new Set(names.map((name) => parse(name).name));
  const pictures = names.filter((name) => !isPainting(name, stems, outputs));
  if (pictures.length === 0) return [failed(folder, `is a folder without a picture (${EXTENSIONS.join(', ')}), and folders in it are not searched; give another`)];
  return pictures.map((name) => ({ path: join(folder, name) }));
}

function isPicture(file: string): boolean {
  return !file.startsWith('.') && EXTENSIONS.includes(extname(file).toLowerCase());
}

/** `photo.sketch.png`, and `photo-2.sketch.png` of a second photo; a chain's name is that of its effects. */
function isPainting(file: string, stems: ReadonlySet<string>, outputs: readonly string[]): boolean {
  const { name: stem, ext } = parse(parse(file).name);
  return ext.slice(1).split('-').every((name) => outputs.includes(name)) && (stems.has(stem) || stems.has(stem.replace(/-\d+$/, '')));
}

function failed(path: string, why: string, cause?: unknown): Input {
  return { path, error: new InputError(why, { cause }) };
}
