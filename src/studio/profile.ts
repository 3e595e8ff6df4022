import type { Device } from '../core/device.ts';
import type { Engine } from '../core/engine.ts';
import { UnsupportedError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import { PassTimer } from '../core/passTimer.ts';
import type { ComputeStep, Plan, Step } from '../core/plan.ts';
import { presentShader } from '../io/present.ts';

/** How long one pass of a frame took on the GPU. */
export interface PassTime {
  /** Its path below `shaders/`, with its condition: `passes/gaussianBlur?scalar`. Import and last pass go by their general name, also where a cheaper kernel stood in. */
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
 * Owns: a timer once it is opened.
 */
export class Profile {
  #plan: Plan | undefined;
  #timer: PassTimer | undefined;

  /** @throws {@link UnsupportedError} where the device takes no times. */
  constructor({ owned, handle }: Device) {
    if (!handle.features.has('timestamp-query')) {
      throw new UnsupportedError(`profile: this GPU device takes no times (it lacks the feature timestamp-query); ${owned ? 'its adapter has none: use another GPU or browser' : "ask for it where you make the device: requestDevice({ requiredFeatures: ['timestamp-query'] })"}`);
    }
  }

  /** The timer for a run of `plan` onto pictures of its size. One that was opened before is destroyed. */
  open(engine: Engine, plan: Plan): PassTimer {
    this.destroy();
    this.#plan = plan;
    this.#timer = new PassTimer(engine, plan.steps.length);
    return this.#timer;
  }

  /** Waits for the GPU and gives the passes that ran, in order. */
  async read(): Promise<PassTime[]> {
    const plan = this.#plan as Plan;
    const times = await (this.#timer as PassTimer).times();
    return times.map(({ step, milliseconds }) => ({ ...describe(plan, plan.steps[step] as Step), milliseconds }));
  }

  /** Destroys the timer. A second call does nothing. */
  destroy(): void {
    this.#timer?.destroy();
    this.#timer = undefined;
  }
}

function describe(plan: Plan, step: Step): Omit<PassTime, 'milliseconds'> {
  if (step.kind === 'present') return { kernel: presentShader.label, effect: undefined, width: plan.size.width, height: plan.size.height };
  return { kernel: step.shader.label, effect: step.effect === '' ? undefined : step.effect, ...writtenSize(plan, step) };
}

function writtenSize(plan: Plan, { shader, bound, workgroups }: ComputeStep): Size {
  const place = plan.places[bound[shader.bindings.findIndex(({ kind }) => kind === 'output')] ?? -1];
  if (place?.kind === 'texture') return { width: place.key.width, height: place.key.height };
  return { width: workgroups[0] * shader.workgroupSize[0], height: workgroups[1] * shader.workgroupSize[1] };
}
