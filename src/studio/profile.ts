import type { Engine } from '../core/engine.ts';
import { UnsupportedError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import { PassTimer } from '../core/passTimer.ts';
import type { ComputeStep, Plan, Step } from '../core/plan.ts';

/** How long one pass of a frame took on the GPU. */
export interface PassTime {
  /** Its path below `shaders/`, with its condition: `passes/gaussianBlur?scalar`. */
  readonly kernel: string;
  /** The effect it belongs to; `undefined` for the import of the picture and the last pass. */
  readonly effect: string | undefined;
  /** Pixels of what it writes; of a pass that fills buffers only, its invocations. */
  readonly width: number;
  readonly height: number;
  /** Between the GPU's timestamps around it. Browsers round those, Chromium and Node to 0.1 ms. */
  readonly milliseconds: number;
}

/**
 * Times the passes of one run.
 * Owns: a timer once it is opened. Borrows: the engine.
 */
export class Profile {
  readonly #engine: Engine;
  #plan: Plan | undefined;
  #timer: PassTimer | undefined;
  #size: Size = { width: 0, height: 0 };

  /** @throws {@link UnsupportedError} where the device takes no times. */
  constructor(engine: Engine) {
    const { owned, handle } = engine.device;
    if (!handle.features.has('timestamp-query')) {
      throw new UnsupportedError(`profile: this GPU device takes no times (it lacks the feature timestamp-query); ${owned ? 'its adapter has none: use another GPU or browser' : "ask for it where you make the device: requestDevice({ requiredFeatures: ['timestamp-query'] })"}`);
    }
    this.#engine = engine;
  }

  /** The timer for a run of `plan` onto pictures of its size. */
  open(plan: Plan): PassTimer {
    this.destroy();
    this.#plan = plan;
    this.#size = plan.size;
    this.#timer = new PassTimer(this.#engine, plan.steps.length);
    return this.#timer;
  }

  /** Waits for the GPU and gives the passes that ran, in order. */
  async read(): Promise<PassTime[]> {
    const plan = this.#plan as Plan;
    const times = await (this.#timer as PassTimer).times();
    return times.map(({ step, milliseconds }) => ({ ...this.#describe(plan, plan.steps[step] as Step), milliseconds }));
  }

  #describe(plan: Plan, step: Step): Omit<PassTime, 'milliseconds'> {
    if (step.kind === 'present') return { kernel: 'passes/present', effect: undefined, width: this.#size.width, height: this.#size.height };
    return { kernel: step.shader.label, effect: step.effect === '' ? undefined : step.effect, ...writtenSize(plan, step) };
  }

  /** Destroys the timer. A second call does nothing. */
  destroy(): void {
    this.#timer?.destroy();
    this.#timer = undefined;
  }
}

function writtenSize(plan: Plan, { shader, bound, workgroups }: ComputeStep): Size {
  const place = plan.places[bound[shader.bindings.findIndex(({ kind }) => kind === 'output')] ?? -1];
  if (place?.kind === 'texture') return { width: place.key.width, height: place.key.height };
  return { width: workgroups[0] * shader.workgroupSize[0], height: workgroups[1] * shader.workgroupSize[1] };
}
