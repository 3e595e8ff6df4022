// Makes the README's pictures from the bundled sample: the sample beside its four artworks, and sheets with every look. Run it with `node build/media.mjs`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const root = join(import.meta.dirname, '..');
const sample = join(root, 'samples/still-life.jpg');
const folder = join(root, '.cache/media');
const media = join(root, 'media');
const WIDTH = 480;
const HEIGHT = 320;
const GAP = 8;
const LABEL = 34;
// A page with pictures should still open at once; strokes and dots take more bytes than paint.
const SHEETS = [
  { file: 'paintings.jpg', columns: 3, mostBytes: 250_000, looks: ['oil', 'oilImpasto', 'strokes', 'watercolor', 'gouache', 'pastelPaint'] },
  { file: 'drawings.jpg', columns: 2, mostBytes: 450_000, looks: ['sketch', 'pencil', 'charcoal', 'ink', 'engraving', 'hatching', 'comic', 'halftone', 'riso', 'woodcut'] },
];
const QUALITIES = [88, 82, 76, 70, 62, 54];

mkdirSync(media, { recursive: true });
await makeFourArtworks();
await makeLooks();

function atelier(...words) {
  return execFileSync(process.execPath, [join(root, 'build/paint.mjs'), ...words], { encoding: 'utf8', stdio: ['inherit', 'pipe', 'inherit'] });
}

function small(file) {
  return sharp(file).resize(WIDTH, HEIGHT).toBuffer();
}

async function makeFourArtworks() {
  atelier(sample, '--out', folder);
  const at = (column, row) => ({ left: column * (WIDTH + GAP), top: row * (HEIGHT + GAP) });
  const artworks = ['sketch', 'pencil', 'oil', 'watercolor'].map((name) => join(folder, `still-life.${name}.png`));
  const places = [at(2, 0), at(3, 0), at(2, 1), at(3, 1)];
  const layers = await Promise.all(artworks.map(async (file, i) => ({ input: await small(file), ...places[i] })));
  const original = { input: await sharp(sample).resize(2 * WIDTH + GAP, 2 * HEIGHT + GAP).toBuffer(), ...at(0, 0) };
  await sheet(4 * WIDTH + 3 * GAP, 2 * HEIGHT + GAP, [original, ...layers]).jpeg({ quality: 88, mozjpeg: true }).toFile(join(media, 'four-artworks.jpg'));
}

/** One picture of each look with its name, as good as the bytes allow. */
async function makeLooks() {
  const forgotten = JSON.parse(atelier('--list', '--json')).looks.map(({ name }) => name).filter((name) => !SHEETS.some(({ looks }) => looks.includes(name)));
  if (forgotten.length > 0) throw new Error(`no sheet has ${forgotten.join(', ')}`);
  for (const { file, columns, mostBytes, looks } of SHEETS) {
    const layers = [];
    for (const [i, name] of looks.entries()) {
      atelier(sample, '--look', name, '--out', folder);
      const [left, top] = [(i % columns) * (WIDTH + GAP), Math.floor(i / columns) * (HEIGHT + LABEL)];
      layers.push({ input: await small(join(folder, `still-life.${name}.png`)), left, top }, { input: labelOf(name), left, top: top + HEIGHT });
    }
    const whole = await sheet(columns * (WIDTH + GAP) - GAP, Math.ceil(looks.length / columns) * (HEIGHT + LABEL), layers).png().toBuffer();
    await writeWithin(join(media, file), whole, mostBytes);
  }
}

async function writeWithin(path, picture, mostBytes) {
  for (const quality of QUALITIES) {
    const bytes = await sharp(picture).jpeg({ quality, mozjpeg: true }).toBuffer();
    writeFileSync(path, bytes);
    if (bytes.length <= mostBytes) return;
  }
}

function labelOf(name) {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${LABEL}"><text x="1" y="21" font-family="Georgia, 'DejaVu Serif', serif" font-size="17" fill="#3a352d">${name}</text></svg>`);
}

function sheet(width, height, layers) {
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } }).composite(layers);
}
