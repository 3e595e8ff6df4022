import { adjust, presets, type Pipeline, type Pixels, type Source, type Studio } from 'atelier-gpu';
import { ARTWORKS, type ArtworkName, type PresetName } from './artworks.ts';

/** Finished artworks; whoever gets them closes them. */
export interface Painted {
  readonly ms: number;
  readonly pictures: ReadonlyMap<ArtworkName, ImageBitmap>;
}

const ONE_PIXEL: Pixels = { data: new Uint8ClampedArray(4), width: 1, height: 1 };

/**
 * Paints artworks on canvases and takes the time.
 * Owns: its pipelines. Borrows: the studio, which destroys them with itself.
 */
export class Painter {
  readonly #studio: Studio;
  readonly #alone = new Map<string, Pipeline>();
  readonly #together = new Map<PresetName, Pipeline<ArtworkName>>();
  readonly #clock: Pipeline;

  constructor(studio: Studio) {
    this.#studio = studio;
    this.#clock = studio.pipeline(adjust());
  }

  /** The pipeline that paints all four artworks of a preset in one graph. */
  pipeline(preset: PresetName): Pipeline<ArtworkName> {
    return kept(this.#together, preset, () => this.#studio.pipeline<ArtworkName>(presets[preset]));
  }

  /** Paints one artwork on a canvas. */
  async paint(preset: PresetName, name: ArtworkName, source: Source, canvas: HTMLCanvasElement): Promise<Painted> {
    const pipeline = kept(this.#alone, `${preset} ${name}`, () => this.#studio.pipeline(presets[preset][name]));
    return this.#timed({ [name]: canvas }, () => pipeline.render(source, canvas));
  }

  /** Paints all four artworks in one graph. */
  async paintTogether(preset: PresetName, source: Source, canvases: Readonly<Record<ArtworkName, HTMLCanvasElement>>): Promise<Painted> {
    const pipeline = this.pipeline(preset);
    return this.#timed(canvases, () => pipeline.render(source, canvases));
  }

  async #timed(canvases: Readonly<Record<string, HTMLCanvasElement>>, render: () => boolean): Promise<Painted> {
    let started: number;
    // Until the kernels for this size of picture are compiled, nothing is drawn.
    do {
      await this.#finished();
      started = performance.now();
    } while (!render());
    // In the task that drew them: what a WebGPU canvas shows cannot be read later.
    const pictures = Object.entries(canvases).map(async ([name, canvas]) => [name, await createImageBitmap(canvas)] as const);
    await this.#finished();
    return { ms: performance.now() - started, pictures: new Map(await Promise.all(pictures)) as Map<ArtworkName, ImageBitmap> };
  }

  /** Resolves when the GPU has done what was submitted: it works in order, so a pixel that comes back says that all before it is done. */
  async #finished(): Promise<void> {
    await this.#clock.read(ONE_PIXEL);
  }
}

/** All four canvases, by the names of their artworks. */
export function byArtwork<T>(of: (name: ArtworkName) => T): Record<ArtworkName, T> {
  return Object.fromEntries(ARTWORKS.map((name) => [name, of(name)])) as Record<ArtworkName, T>;
}

function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
