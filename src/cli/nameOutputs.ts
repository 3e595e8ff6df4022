import { join, parse, resolve } from 'node:path';

/** Where the paintings of one input go. */
export interface OutputPaths {
  /** What stands before the painting's name: the input's own name, with a number where another input has it. */
  readonly stem: string;
  /** Whether the stem has such a number. */
  readonly numbered: boolean;
  /** The path of each painting, by its name. */
  readonly paths: Readonly<Record<string, string>>;
}

/**
 * Names the files to write, for each input in turn: `photo.jpg` becomes `photo.sketch.png` in `folder`.
 * A second input of the same name, from another folder or of another format, becomes `photo-2.sketch.png`: no two inputs share a file, and no input is written over. Files of earlier runs are.
 */
export function nameOutputs(inputs: readonly string[], names: readonly string[], folder: string, extension: string): OutputPaths[] {
  const taken = new Set(inputs.map((input) => keyOf(resolve(input))));
  const stems = new Set(inputs.map((input) => keyOf(parse(input).name)));
  return inputs.map((input) => {
    const own = parse(input).name;
    for (let number = 1; ; number++) {
      const stem = number === 1 ? own : `${own}-${number}`;
      const paths = Object.fromEntries(names.map((name) => [name, join(folder, `${stem}.${name}.${extension}`)]));
      const keys = Object.values(paths).map((path) => keyOf(resolve(path)));
      // Another input's own name stays free for it, also when it comes later.
      if (keys.some((key) => taken.has(key)) || (number > 1 && stems.has(keyOf(stem)))) continue;
      for (const key of keys) taken.add(key);
      return { stem, numbered: number > 1, paths };
    }
  });
}

/** Some file systems see no difference between A and a. */
function keyOf(path: string): string {
  return path.toLowerCase();
}
