import { DestroyedError, type Look, type Pipeline, type Studio } from 'atelier-gpu';

/** A pipeline that is ready, and the canvas it paints on. */
export interface Painting {
  readonly pipeline: Pipeline;
  readonly canvas: HTMLCanvasElement;
}

/** What an example puts on the easel. */
export interface Subject {
  /** What it draws on by itself. */
  readonly original: HTMLCanvasElement;
  /** Paints it; undefined where there is no WebGPU, and then the original is shown. */
  readonly studio: Studio | undefined;
  /** What it can be painted as, by the words that are shown; the first is painted first. */
  readonly looks: Readonly<Record<string, Look>>;
  /** Makes the original of another size, in pixels. */
  resize(width: number, height: number): void;
  /** Draws a moment of the original. */
  draw(seconds: number): void;
  /** Draws that moment and paints it; `false` where nothing could be painted yet. */
  paint(seconds: number, painting: Painting): boolean;
  /** Lets go of what the example holds, when the visitor leaves. */
  end?(): void;
}

const PARTS = `
  <div class="frame"><div class="sheet"><canvas id="painted" hidden></canvas></div></div>
  <div class="controls">
    <p id="notice" class="notice" role="alert" hidden></p>
    <label class="look" for="look"><span>Painted as</span><select id="look" disabled></select></label>
    <label><input id="paint" type="checkbox" checked disabled /> Paint</label>
    <label><input id="move" type="checkbox" /> Move</label>
    <p id="status" class="status" role="status"></p>
    <dl class="facts">
      <div><dt>Frames a second</dt><dd id="rate">–</dd></div>
      <div><dt>Picture</dt><dd id="size">–</dd></div>
      <div><dt>GPU memory of the look</dt><dd id="memory">–</dd></div>
    </dl>
  </div>
  <details id="source" class="code"><summary>The code of this page</summary><pre tabindex="0"><code id="code"></code></pre></details>`;

/** Where the sides of a picture end, in pixels: on a GPU, and where the CPU computes in its place. */
const LONGEST = { gpu: 1080, cpu: 360 };
const SHAPE = 2 / 3;
const REFRESH_MS = 500;
/** A tab that was away goes on where it was. */
const LONGEST_STEP = 0.1;

const CODE = import.meta.glob('../*/main.ts', { query: '?raw', import: 'default' });

/** The code of the example whose page this is. */
async function ownCode(): Promise<string> {
  const load = CODE[`../${location.pathname.split('/').at(-2)}/main.ts`];
  return load === undefined ? '' : load();
}

/** Puts a moving picture on the page, with a choice of looks, and shows it painted until the visitor leaves. */
export function openEasel(subject: Subject): void {
  const { studio, original, looks } = subject;
  const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
  find('easel').innerHTML = PARTS;
  const canvas = find<HTMLCanvasElement>('painted');
  const sheet = canvas.parentElement as HTMLElement;
  const choice = find<HTMLSelectElement>('look');
  const paint = find<HTMLInputElement>('paint');
  const move = find<HTMLInputElement>('move');
  const status = find('status');
  sheet.prepend(original);
  choice.append(...Object.keys(looks).map((name) => new Option(name)));
  move.checked = !matchMedia('(prefers-reduced-motion: reduce)').matches;

  let painting: Painting | undefined;
  /** Counts the choices, so that a look which is ready late does not take the place of a later choice. */
  let turn = 0;
  let request = 0;
  let seconds = 0;
  let last: number | undefined;
  let ended = false;
  const count = { frames: 0, since: performance.now() };

  /** Shows a frame as soon as the screen has time for one. */
  const wake = (): void => {
    if (request === 0 && !ended) request = requestAnimationFrame(show);
  };

  function show(now: number): void {
    request = 0;
    fitSheet();
    if (move.checked && last !== undefined) seconds += Math.min(LONGEST_STEP, (now - last) / 1000);
    last = move.checked ? now : undefined;
    const isPainted = paint.checked && painting !== undefined;
    const isShown = drawFrame(seconds);
    if (isShown) {
      canvas.hidden = !isPainted;
      original.hidden = isPainted;
    }
    tellFacts(now);
    if (move.checked || !isShown) wake();
  }

  function drawFrame(at: number): boolean {
    if (paint.checked && painting !== undefined) return subject.paint(at, painting);
    subject.draw(at);
    return true;
  }

  function fitSheet(): void {
    const given = /^(\d+)x(\d+)$/.exec(new URLSearchParams(location.search).get('size') ?? '');
    const longest = studio?.metrics().adapter.isFallback === true ? LONGEST.cpu : LONGEST.gpu;
    const width = given === null ? Math.max(1, Math.round(Math.min(sheet.clientWidth * devicePixelRatio, longest))) : Number(given[1]);
    const height = given === null ? Math.max(1, Math.round(width * SHAPE)) : Number(given[2]);
    if (canvas.width === width && canvas.height === height) return;
    Object.assign(canvas, { width, height });
    subject.resize(width, height);
    find('size').textContent = `${width} × ${height}`;
  }

  function tellFacts(now: number): void {
    count.frames++;
    if (now - count.since < REFRESH_MS) return;
    const rate = (count.frames * 1000) / (now - count.since);
    find('rate').textContent = move.checked ? rate.toFixed(rate < 10 ? 1 : 0) : '–';
    Object.assign(count, { frames: 0, since: now });
    if (studio === undefined) return;
    const { budget: _budget, peak: _peak, ...held } = studio.metrics().bytes;
    find('memory').textContent = `${(Object.values(held).reduce((sum, bytes) => sum + bytes, 0) / 1e6).toFixed(1)} MB`;
  }

  async function chooseLook(by: Studio): Promise<void> {
    const own = ++turn;
    const name = choice.value;
    status.textContent = `${name}: mixing the colours…`;
    const pipeline = by.pipeline(looks[name] as Look);
    try {
      await pipeline.ready;
    } catch (error) {
      if (error instanceof DestroyedError) return;
      throw error;
    }
    if (own !== turn) return pipeline.destroy();
    painting?.pipeline.destroy();
    painting = { pipeline, canvas };
    status.textContent = `${name}, painted frame by frame.`;
    wake();
  }

  function notice(words: string): void {
    find('notice').textContent = words;
    find('notice').hidden = false;
  }

  new ResizeObserver(wake).observe(sheet);
  find('source').addEventListener('toggle', () => void ownCode().then((text) => (find('code').textContent = text)), { once: true });
  paint.addEventListener('change', wake);
  move.addEventListener('change', wake);
  const leave = (): void => {
    ended = true;
    cancelAnimationFrame(request);
    studio?.destroy();
    subject.end?.();
  };
  addEventListener('pagehide', leave, { once: true });
  // A page that comes back out of the browser's memory has no studio any more.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

  if (studio === undefined) return notice('This browser cannot paint: it has no WebGPU, or no graphics card it may use for it. The picture is shown as it is.');
  choice.disabled = paint.disabled = false;
  choice.addEventListener('change', () => void chooseLook(studio));
  studio.addEventListener('devicelost', ({ state }) => state !== 'recovering' && notice('The graphics card was reset, so nothing more can be painted. Please reload the page.'));
  studio.addEventListener('devicerestored', wake);
  Object.assign(globalThis, { atelier: { studio, original, canvas, draw: subject.draw, paint: (at: number) => painting !== undefined && subject.paint(at, painting) } });
  void chooseLook(studio);
}
