import type { Catalog } from './catalog.ts';
import { optionRows } from './options.ts';

const WIDTH = 100;
const COLUMN = 22;

/** What `atelier --help` prints. */
export function helpText({ effects, looks, presets }: Catalog, version: string): string {
  const options = optionRows().map(([name, { value, text }]) => row(`--${name}${value === undefined ? '' : ` ${value}`}`, text));
  return [
    `atelier ${version} paints photographs on the GPU.`,
    '',
    'Usage: atelier [options] [files or folders...]',
    '',
    ...wrap('Of a folder it paints the pictures directly in it, by extension and without paintings of earlier runs. Without a file it paints the bundled sample.'),
    ...wrap('It writes NAME.sketch.png and so on, or NAME.EFFECT.png, over files of that name. A second input of the same NAME becomes NAME-2. On stdout stands one line for each file written, on stderr one for each input that failed.'),
    ...wrap('Exit code: 0 all painted, 1 some input failed and the others are painted, 2 wrong usage and nothing is painted.'),
    '',
    'Options',
    ...options.flat(),
    '',
    'Presets',
    ...Object.entries(presets).flatMap(([name, preset]) => row(name, Object.keys(preset).join(', '))),
    ...wrap('Their lengths are made for pictures of 400 to 2000 px: give larger photographs a --max-size.'),
    '',
    'Looks',
    ...wrap(namesOf(looks)),
    '',
    'Effects',
    ...wrap(namesOf(effects)),
    '',
    'Examples',
    '  atelier photo.jpg --max-size 1024',
    `  atelier photos --look ${looks[0]?.name} --out paintings --format jpeg`,
    `  atelier photo.jpg --effect ${effects[0]?.name} --effect paperTexture`,
    '',
  ].join('\n');
}

const namesOf = (list: Catalog['effects']): string => list.map(({ name }) => name).join(', ');

function row(head: string, text: string): string[] {
  return wrap(text, COLUMN).map((line, index) => (index === 0 ? `  ${head.padEnd(COLUMN - 2)}${line.slice(COLUMN)}` : line));
}

/** Lines of at most WIDTH characters, each after `indent` spaces. */
function wrap(text: string, indent: number = 2): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${' '.repeat(indent)}${word}`);
  }
  return lines;
}
