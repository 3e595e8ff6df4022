import { AtelierError, Studio, UnsupportedError } from 'atelier-gpu';
import sample from '../../samples/still-life.jpg';
import { watchArrivals } from '../shared/arrivals.ts';
import { ARTWORKS, MEDIUMS, type PresetName } from './artworks.ts';
import { setUpBench, type Bench } from './bench.ts';
import { watchLargeView } from './largeView.ts';
import { showMemory } from './memoryPanel.ts';
import { hangMore, type MoreWall } from './moreWall.ts';
import { byArtwork, Painter, type Painted } from './painter.ts';
import { openPhotograph, PhotographError, type Photograph } from './photograph.ts';
import { dimensions, duration, stem } from '../shared/words.ts';
import { encodePng, findWork, removeFile, reshape, setFile, setState } from './work.ts';

const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const status = find('status');
const trouble = find('trouble');
const together = find<HTMLButtonElement>('together');
const presetSwitch = find<HTMLFieldSetElement>('presets');

const photographWork = findWork('photograph');
const works = byArtwork(findWork);
const wall = [photographWork, ...ARTWORKS.map((name) => works[name])];

let photograph: Photograph | undefined;
let more: MoreWall | undefined;
let bench: Bench | undefined;
/** Counts what was begun, so that an older painting stops when a newer one begins. */
let turn = 0;

const studio = await openStudio();
const painter = studio && new Painter(studio);
const memory = studio && showMemory(studio, document.querySelector('.memory') as HTMLElement);
if (studio !== undefined && painter !== undefined) {
  Object.assign(globalThis, {
    atelier: {
      studio,
      get pipeline() {
        return painter.pipeline(chosenPreset());
      },
    },
  });
  addEventListener('pagehide', () => studio.destroy());
  // A page that comes back out of the browser's memory has no studio any more.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  studio.addEventListener('devicelost', ({ state }) => state === 'failed' && notice('The graphics card was reset, so nothing more can be painted. Please reload the page.'));
  studio.addEventListener('devicerestored', () => void paint());
}

watchLargeView(wall);
watchArrivals(
  { input: find('file'), drop: find('drop') },
  (file) => void hang(file, file.name || 'pasted picture'),
  (how) => complain(how === 'pasted' ? 'There is no picture in the clipboard. Copy one, or choose a file.' : 'That was no picture file. Please drop a PNG, JPEG, WebP, GIF or AVIF.'),
);
presetSwitch.addEventListener('change', () => void paint());
together.addEventListener('click', () => void paintTogether());

await hangSample();
if (studio !== undefined) await openMore(studio);

async function openStudio(): Promise<Studio | undefined> {
  try {
    return await Studio.create();
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    notice('This browser cannot paint: it has no WebGPU, or no graphics card it may use for it. Your photograph is shown as it is. A current Chrome, Edge or Safari can paint it.');
    presetSwitch.disabled = true;
    (document.querySelector('.memory') as HTMLElement).hidden = true;
    for (const name of ARTWORKS) works[name].facts.textContent = 'Needs WebGPU';
    return undefined;
  }
}

async function hangSample(): Promise<void> {
  const response = await fetch(sample);
  await hang(await response.blob(), 'still-life.jpg');
}

/** After the first four artworks, so that they come soonest. */
async function openMore(by: Studio): Promise<void> {
  bench = setUpBench(by);
  more = await hangMore(by, find('more'), (effect) => photograph && bench?.open(effect, photograph));
  if (!together.disabled && photograph !== undefined) more.show(photograph.bitmap);
}

/** Hangs another photograph and paints its artworks. */
async function hang(file: Blob, name: string): Promise<void> {
  try {
    const opened = await openPhotograph(file, name);
    bench?.close();
    photograph?.bitmap.close();
    photograph = opened;
  } catch (error) {
    if (!(error instanceof PhotographError)) throw error;
    complain(error.message);
    return;
  }
  trouble.hidden = true;
  showPhotograph(photograph, file);
  await paint();
}

function showPhotograph({ name, bitmap }: Photograph, file: Blob): void {
  for (const work of wall) {
    reshape(work, bitmap);
    removeFile(work);
    setState(work, 'empty');
  }
  photographWork.canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  photographWork.medium.textContent = name;
  photographWork.facts.textContent = dimensions(bitmap);
  setState(photographWork, 'painted');
  setFile(photographWork, file, name);
  status.textContent = `${name} hangs on the wall.`;
}

/** Paints the four artworks, one after the other. */
async function paint(): Promise<void> {
  const own = ++turn;
  const preset = chosenPreset();
  for (const name of ARTWORKS) works[name].medium.textContent = MEDIUMS[preset][name];
  if (painter === undefined || photograph === undefined) return;
  const { bitmap, name: file } = photograph;
  begin();
  try {
    let total = 0;
    for (const name of ARTWORKS) {
      status.textContent = `Painting: ${works[name].title}…`;
      const { ms, pictures } = await painter.paint(preset, name, bitmap, works[name].canvas);
      if (!(await hangArtworks(own, pictures, duration(ms)))) return;
      total += ms;
    }
    finish(`Four artworks of ${file}, painted in ${duration(total)}.`);
  } catch (error) {
    if (own === turn) giveUp(error);
  }
}

/** Paints the four artworks in one graph: what they share is computed once. */
async function paintTogether(): Promise<void> {
  if (painter === undefined || photograph === undefined) return;
  const own = ++turn;
  const { bitmap, name: file } = photograph;
  begin();
  status.textContent = 'Painting all four at once…';
  try {
    const { ms, pictures } = await painter.paintTogether(chosenPreset(), bitmap, byArtwork((name) => works[name].canvas));
    if (await hangArtworks(own, pictures, 'with the others')) finish(`Four artworks of ${file}, painted at once in ${duration(ms)}.`);
  } catch (error) {
    if (own === turn) giveUp(error);
  }
}

function begin(): void {
  more?.rest();
  memory?.paintingBegins();
  together.disabled = true;
  for (const name of ARTWORKS) {
    const work = works[name];
    setState(work, work.address === '' ? 'painting' : 'repainting');
    work.facts.textContent = 'On the easel…';
  }
}

/** Shows finished artworks and makes their files; `false` where a newer painting began meanwhile. */
async function hangArtworks(own: number, pictures: Painted['pictures'], time: string): Promise<boolean> {
  const preset = chosenPreset();
  for (const [name, picture] of pictures) {
    const work = works[name];
    if (own === turn) {
      work.facts.textContent = `${dimensions(picture)}, ${time}`;
      setState(work, 'painted');
    }
    const png = await encodePng(picture);
    if (own === turn) setFile(work, png, `${stem(photograph?.name ?? '')}.${name}${preset === 'studio' ? '' : `.${preset}`}.png`);
  }
  return own === turn;
}

function finish(words: string): void {
  together.disabled = false;
  status.textContent = words;
  if (photograph !== undefined) more?.show(photograph.bitmap);
}

function giveUp(error: unknown): void {
  for (const name of ARTWORKS) {
    setState(works[name], 'empty');
    removeFile(works[name]);
    works[name].facts.textContent = '';
  }
  status.textContent = '';
  if (!(error instanceof AtelierError)) throw error;
  if (error.code === 'device-lost') return;
  complain(error.code === 'budget' || error.code === 'out-of-memory' ? 'This picture needs more graphics memory than there is. Please choose a smaller one.' : `The artworks could not be painted: ${error.message}.`);
}

function chosenPreset(): PresetName {
  return (presetSwitch.querySelector('input:checked') as HTMLInputElement).value as PresetName;
}

function complain(words: string): void {
  trouble.textContent = words;
  trouble.hidden = false;
}

function notice(words: string): void {
  const place = find('notice');
  place.textContent = words;
  place.hidden = false;
}
