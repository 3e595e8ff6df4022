// Runs operations of opencv.js and times them, over the same lines as openCv.py.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const PACKAGE = '@techstark/opencv-js';
const answer = (content) => process.stdout.write(`${JSON.stringify(content)}\n`);

const cv = await load();
if (cv === undefined) {
  answer({ missing: `the npm package ${PACKAGE} is not installed` });
  process.exit();
}
process.on('SIGINT', () => {});
const [version] = /\d+\.\d+\.\d+\S*/.exec(cv.getBuildInformation());
const pictures = new Map();
answer({ version: `opencv.js ${version}`, threads: 1, modules: [] });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    answer(serve(JSON.parse(line)));
  } catch (error) {
    // OpenCV throws the addresses of its exceptions.
    answer({ error: String(typeof error === 'number' ? cv.exceptionFromPtr(error).msg : error) });
  }
}
process.exit();

async function load() {
  let module;
  try {
    module = createRequire(import.meta.url)(PACKAGE);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
  await new Promise((resolve) => {
    if (module.Mat !== undefined) resolve();
    module.onRuntimeInitialized = resolve;
  });
  // The module resolves to itself, which no `await` ever gets to the end of.
  delete module.then;
  return module;
}

function serve({ operation, arguments: given, image, times, output }) {
  const operations = { bilateralFilter, dodge };
  if (!Object.hasOwn(operations, operation)) return { missing: `opencv.js ${version} has no ${operation}` };
  const source = read(image);
  const painted = new cv.Mat();
  const usage = process.cpuUsage();
  const start = performance.now();
  for (let frame = 0; frame < times; frame++) operations[operation](source, painted, given);
  const wall = (performance.now() - start) / times;
  const { user, system } = process.cpuUsage(usage);
  if (output !== undefined) write(painted, output);
  painted.delete();
  return { wall, cpu: (user + system) / 1000 / times };
}

function bilateralFilter(source, painted, { d, sigmaColor, sigmaSpace }) {
  cv.bilateralFilter(source, painted, d, sigmaColor, sigmaSpace);
}

function dodge(source, painted, { sigma }) {
  const gray = new cv.Mat();
  const blurred = new cv.Mat();
  cv.cvtColor(source, gray, cv.COLOR_BGR2GRAY);
  // With the border of ours; it costs what others do.
  cv.GaussianBlur(gray, blurred, new cv.Size(0, 0), sigma, sigma, cv.BORDER_REPLICATE);
  cv.divide(gray, blurred, painted, 255);
  gray.delete();
  blurred.delete();
}

function read({ file, width, height }) {
  if (pictures.has(file)) return pictures.get(file);
  for (const [name, old] of pictures) {
    old.delete();
    pictures.delete(name);
  }
  const rgba = cv.matFromArray(height, width, cv.CV_8UC4, readFileSync(file));
  const bgr = new cv.Mat();
  cv.cvtColor(rgba, bgr, cv.COLOR_RGBA2BGR);
  rgba.delete();
  pictures.set(file, bgr);
  return bgr;
}

function write(painted, file) {
  const rgba = new cv.Mat();
  cv.cvtColor(painted, rgba, painted.channels() === 1 ? cv.COLOR_GRAY2RGBA : cv.COLOR_BGR2RGBA);
  writeFileSync(file, rgba.data);
  rgba.delete();
}
