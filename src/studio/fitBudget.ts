import type { Plan } from '../core/plan.ts';
import { boundNames, frameOf, uploadBytes, type FrameInput } from './frame.ts';
import type { PlanShelf } from './planShelf.ts';

/** Steps of the search: the size found is within a percent of the largest that fits. */
const STEPS = 12;

/** The same picture, painted at a fraction of its size: lengths in px shrink with it. Where memory is short, none is spent on enlarging it. */
export function scaledInputs([source, ...others]: readonly FrameInput[], scale: number): FrameInput[] {
  const { placement, ...rest } = source as FrameInput;
  return [{ ...rest, placement: { ...placement, scale: scale * (placement.scale ?? 1), upsample: 'smooth' } }, ...others];
}

/**
 * The largest fraction of its size at which a picture fits.
 * @returns `undefined` where not even one pixel does
 */
export function fittingScale(inputs: readonly FrameInput[], fits: (smaller: readonly FrameInput[]) => boolean): number | undefined {
  const { width, height } = frameOf(inputs);
  let largest = 1 / Math.max(width, height);
  if (!fits(scaledInputs(inputs, largest))) return undefined;
  let tooLarge = 1;
  for (let step = 0; step < STEPS; step++) {
    // Sizes are far apart at first: halves, quarters.
    const between = Math.sqrt(largest * tooLarge);
    if (fits(scaledInputs(inputs, between))) largest = between;
    else tooLarge = between;
  }
  return largest;
}

/** At what fraction of their size frames are painted that are to fit the budget. It is kept as long as it fits, so that a video does not change its size from frame to frame. */
export class FittingSize {
  #scale = 1;
  #key = '';

  /** Tries all of the size again. */
  forget(): void {
    this.#key = '';
  }

  /** The inputs at the size that fits; where none does, as they are. */
  fit(inputs: readonly FrameInput[], shelf: PlanShelf, formats: readonly GPUTextureFormat[], record: (smaller: readonly FrameInput[]) => Plan): readonly FrameInput[] {
    const { engine } = shelf;
    const { width, height } = frameOf(inputs);
    const key = `${width}x${height} ${boundNames(inputs).join()}`;
    if (key !== this.#key) this.#scale = 1;
    this.#key = key;
    const chosen = this.#scale === 1 ? inputs : scaledInputs(inputs, this.#scale);
    const frame = frameOf(chosen);
    const compiled = shelf.readyPlan(frame, boundNames(chosen), formats);
    if (compiled === undefined || engine.hasRoom(compiled.plan, compiled.bytesToLease + uploadBytes(chosen, frame))) return chosen;
    const fits = (smaller: readonly FrameInput[]): boolean => {
      const plan = record(smaller);
      return engine.hasRoom(plan, plan.bytes + uploadBytes(smaller, frameOf(smaller)));
    };
    const scale = fittingScale(inputs, fits);
    if (scale === undefined) return inputs;
    this.#scale = scale;
    return scaledInputs(inputs, scale);
  }
}
