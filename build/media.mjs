// Makes the README's picture from the bundled sample: the sample beside its four artworks. Run it with `node build/media.mjs`.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const root = join(import.meta.dirname, '..');
const sample = join(root, 'samples/still-life.jpg');
const folder = join(root, '.cache/media');
const WIDTH = 480;
const HEIGHT = 320;
const GAP = 8;

execFileSync(process.execPath, [join(root, 'build/paint.mjs'), sample, '--out', folder], { stdio: 'inherit' });
mkdirSync(join(root, 'media'), { recursive: true });

const at = (column, row) => ({ left: column * (WIDTH + GAP), top: row * (HEIGHT + GAP) });
const small = (file) => sharp(file).resize(WIDTH, HEIGHT).toBuffer();
const artworks = ['sketch', 'pencil', 'oil', 'watercolor'].map((name) => join(folder, `still-life.${name}.png`));
const places = [at(2, 0), at(3, 0), at(2, 1), at(3, 1)];
const layers = await Promise.all(artworks.map(async (file, i) => ({ input: await small(file), ...places[i] })));
const original = { input: await sharp(sample).resize(2 * WIDTH + GAP, 2 * HEIGHT + GAP).toBuffer(), ...at(0, 0) };

await sharp({ create: { width: 4 * WIDTH + 3 * GAP, height: 2 * HEIGHT + GAP, channels: 3, background: '#ffffff' } })
  .composite([original, ...layers])
  .jpeg({ quality: 88, mozjpeg: true })
  .toFile(join(root, 'media/four-artworks.jpg'));
