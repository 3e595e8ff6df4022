import { adjust, presets, type Pipeline, type Pixels, type Source, type Studio } from 'atelier-gpu';
import { ARTWORKS, type ArtworkName, type PresetName } from './artworks.ts';

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

  /** Paints one artwork; the milliseconds it took. */
  async paint(preset: PresetName, name: ArtworkName, source: Source, canvas: HTMLCanvasElement): Promise<number> {
    const pipeline = kept(this.#alone, `${preset} ${name}`, () => this.#studio.pipeline(presets[preset][name]));
    await pipeline.ready;
    return this.#timed(() => pipeline.render(source, canvas));
  }

  /** Paints all four artworks in one go; the milliseconds they took. */
  async paintTogether(preset: PresetName, source: Source, canvases: Readonly<Record<ArtworkName, HTMLCanvasElement>>): Promise<number> {
    const pipeline = this.pipeline(preset);
    await pipeline.ready;
    return this.#timed(() => pipeline.render(source, canvases));
  }

  async #timed(render: () => boolean): Promise<number> {
    let started: number;
    // Until the kernels for this size of picture are compiled, nothing is drawn.
    do {
      await this.#finished();
      started = performance.now();
    } while (!render());
    await this.#finished();
    return performance.now() - started;
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
