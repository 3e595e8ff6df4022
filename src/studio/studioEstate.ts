import type { TraceSink } from '../core/trace.ts';
import type { DeviceKeeper } from './deviceKeeper.ts';
import { beginLife, endLife, type Estate } from './lifetime.ts';

/**
 * What a studio owns, apart from the studio itself.
 * Owns: the keeper of its device with all that is on it, and the estates of its pipelines.
 */
export class StudioEstate implements Estate {
  readonly trace: TraceSink | undefined;
  readonly #keeper: DeviceKeeper;
  readonly #pipelines = new Set<Estate>();

  constructor(keeper: DeviceKeeper, trace: TraceSink | undefined) {
    this.#keeper = keeper;
    this.trace = trace;
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
    this.#keeper.destroy();
  }
}
