import type { TraceSink } from '../core/trace.ts';
import type { DeviceKeeper } from './deviceKeeper.ts';
import { beginLife, endLife, type Estate } from './lifetime.ts';
import type { Pipeline } from './pipeline.ts';

/**
 * What a studio owns, apart from the studio itself.
 * Owns: the keeper of its device with all that is on it, and the estates of its pipelines. Borrows: the pipelines, as long as others have them.
 */
export class StudioEstate implements Estate {
  readonly trace: TraceSink | undefined;
  readonly #keeper: DeviceKeeper;
  readonly #pipelines = new Map<Estate, WeakRef<Pipeline<string>>>();

  constructor(keeper: DeviceKeeper, trace: TraceSink | undefined) {
    this.#keeper = keeper;
    this.trace = trace;
  }

  /** The pipelines that were neither destroyed nor dropped. */
  get pipelines(): Pipeline<string>[] {
    return [...this.#pipelines.values()].flatMap((pipeline) => pipeline.deref() ?? []);
  }

  /** Takes in a new pipeline, named by its looks; `giveBack` ends what it owns and must not reach the pipeline. */
  adopt(pipeline: Pipeline<string>, label: string, giveBack: () => void): Estate {
    const estate = pipelineEstate(this.#pipelines, this.trace, giveBack);
    this.#pipelines.set(estate, new WeakRef(pipeline));
    beginLife('pipeline', pipeline, estate, label);
    return estate;
  }

  end(): void {
    for (const pipeline of this.pipelines) pipeline.destroy();
    // Of those that were dropped and that nobody has found yet.
    for (const estate of this.#pipelines.keys()) endLife(estate);
    this.#keeper.destroy();
  }
}

/** A function of its own, because closures keep what the function around them was given, the pipeline among it. */
function pipelineEstate(all: Map<Estate, unknown>, trace: TraceSink | undefined, giveBack: () => void): Estate {
  const estate: Estate = {
    trace,
    end() {
      all.delete(estate);
      giveBack();
    },
  };
  return estate;
}
