// The benchmarks as one archive for an x64 Linux machine that has Node and a Vulkan driver but no checkout, no packages and no network: `npm run bench:bundle`.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { compile } from '../bench/compile.mjs';

const NAME = 'atelier-bench';
const MOST_BYTES = 10e6;
// Of a package only what runs there; opencv.js is a peer that may not be installed.
const PACKAGES = {
  webgpu: ['package.json', 'index.js', 'LICENSE.md', 'dist/linux-x64'],
  '@techstark/opencv-js': ['package.json', 'LICENSE', 'dist/opencv.js'],
};

const root = join(import.meta.dirname, '..');
const archive = join(root, `.cache/${NAME}-linux-x64.tar.xz`);
const workplace = mkdtempSync(join(tmpdir(), `${NAME}-`));
process.once('exit', () => rmSync(workplace, { recursive: true, force: true }));
const folder = join(workplace, NAME);

// The decoder of the goldens comes along whole.
await compile('bundled.ts', folder, ['wgpu-matrix', 'fast-png', 'fflate', 'iobuffer']);
renameSync(join(folder, 'bundled.mjs'), join(folder, 'run.mjs'));
cpSync(join(root, 'bench/peers'), join(folder, 'peers'), { recursive: true, filter: (file) => !file.endsWith('__pycache__') });
await writeSample();
for (const [name, files] of Object.entries(PACKAGES)) copyPackage(name, files);

mkdirSync(dirname(archive), { recursive: true });
execFileSync('tar', ['-cJf', archive, '-C', workplace, NAME], { env: { ...process.env, XZ_OPT: '-9' }, stdio: 'inherit' });
const { size } = statSync(archive);
console.log(`${archive}: ${(size / 1e6).toFixed(2)} MB`);
if (size > MOST_BYTES) {
  console.error(`bench:bundle: that is more than ${MOST_BYTES / 1e6} MB`);
  process.exitCode = 1;
}

// Bytes without a format: there is no decoder there, and xz sees to the size.
async function writeSample() {
  const { data, info } = await sharp(join(root, 'samples/still-life.jpg')).rotate().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  writeFileSync(join(folder, 'sample.rgba'), data);
  writeFileSync(join(folder, 'sample.json'), JSON.stringify({ width: info.width, height: info.height }));
}

function copyPackage(name, files) {
  const from = join(root, 'node_modules', name);
  if (!existsSync(from)) {
    console.log(`without ${name}, which is not installed`);
    return;
  }
  for (const file of files) cpSync(join(from, file), join(folder, 'node_modules', name, file), { recursive: true });
}
