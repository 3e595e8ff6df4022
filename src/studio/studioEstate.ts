import type { Engine } from '../core/engine.ts';
import type { TraceSink } from '../core/trace.ts';
import type { LentTextures } from '../io/source.ts';
import { beginLife, endLife, type Estate } from './lifetime.ts';

/**
 * What a studio owns, apart from the studio itself.
 * Owns: the engine, the views of lent textures, and the estates of all pipelines.
 */
export class StudioEstate implements Estate {
  readonly trace: TraceSink | undefined;
  readonly #engine: Engine;
  readonly #lent: LentTextures;
  readonly #pipelines = new Set<Estate>();

  constructor(engine: Engine, lent: LentTextures) {
    this.trace = engine.account.trace;
    this.#engine = engine;
    this.#lent = lent;
  }

  /** Takes in a new pipeline, named by its looks; `giveBack` ends what it owns and must not reach the pipeline. */
  adopt(pipeline: object, label: string, giveBack: () => void): Estate {
    const pipelines = this.#pipelines;
    const estate: Estate = {
      trace: this.trace,
      end() {
        pipelines.delete(estate);
        giveBack();
      },
    };
    pipelines.add(estate);
    beginLife('pipeline', pipeline, estate, label);
    return estate;
  }

  end(): void {
    for (const pipeline of this.#pipelines) endLife(pipeline);
    this.#lent.destroy();
    this.#engine.destroy();
  }
}
