import type { ChangeWatch } from '../core/changeWatch.ts';
import { named, type CompiledPlan, type ExternalTexture, type RunHold } from '../core/compiledPlan.ts';
import type { Look } from '../core/effect.ts';
import { InputError } from '../core/errors.ts';
import type { Frame, Size } from '../core/frameGraph.ts';
import { stepsOf } from '../core/look.ts';
import type { Step, TexturePlace } from '../core/plan.ts';
import { importKernel, importKernelFor, importUniforms } from '../io/importSource.ts';
import { FITS, mapToPicture, mapToSource, notePlacement, workingSize, type Fit, type PixelMap, type Placement } from '../io/placement.ts';
import { presentShaderFor, presentUniforms } from '../io/present.ts';
import { measureSource, uploadSource, type MeasuredSource, type Source } from '../io/source.ts';
import type { MeasuredTarget } from '../io/target.ts';
import type { Generation } from './generation.ts';

/** A picture that a frame is painted from, looked at: the source first, then what is bound to inputs of effects. */
export interface FrameInput {
  readonly name: string;
  readonly source: Source;
  readonly measured: MeasuredSource;
  readonly placement: Placement;
}

/** A target as uniforms follow it. */
export type FrameTarget = MeasuredTarget & { readonly name: string };

/** A frame whose place in a picture does not matter. */
export const NOMINAL_FRAME: Frame = { width: 1024, height: 768, origin: [0, 0], scale: 1 };

const NO_INPUTS: Readonly<Record<string, Source>> = {};

/**
 * Looks at everything a frame is painted from.
 * @throws {@link InputError} where a source cannot be painted, or is bound to no input.
 */
export function frameInputs(looks: ReadonlyMap<string, Look>, source: Source, placement: Placement, inputs: Readonly<Record<string, Source>> | undefined, maxSide: number): FrameInput[] {
  const found: FrameInput[] = [{ name: 'source', source, measured: measureSource(source, maxSide), placement }];
  for (const [name, input] of Object.entries(inputs ?? NO_INPUTS)) {
    assertDeclared(looks, name);
    if (input instanceof Blob) throw new InputError(`the input "${name}" is an encoded picture (${input.constructor.name}); decode it first, with createImageBitmap, or in Node with decode of atelier-gpu/node`);
    found.push({ name, source: input, measured: measureSource(input, maxSide), placement: {} });
  }
  return found;
}

function assertDeclared(looks: ReadonlyMap<string, Look>, input: string): void {
  const declared = new Set([...looks.values()].flatMap(stepsOf).flatMap(({ inputs }) => Object.values(inputs)));
  // Steps may read the picture they paint on as another input, but nobody binds it twice.
  declared.delete('source');
  if (!declared.has(input)) throw new InputError(`there is no input "${input}"; the effects of this pipeline have ${[...declared].join(', ') || 'none'}`);
}

/** The names of the inputs beside the source. */
export function boundNames(inputs: readonly FrameInput[]): string[] {
  return inputs.slice(1).map(({ name }) => name);
}

/** The size that is painted. */
export function frameOf(inputs: readonly FrameInput[]): Frame {
  const { measured, placement } = inputs[0] as FrameInput;
  const { width, height } = workingSize(measured, placement);
  return { width, height, origin: NOMINAL_FRAME.origin, scale: placement.scale ?? 1 };
}

/** Bytes of the sources that have to be brought to the GPU, and of their imports. */
export function uploadBytes(inputs: readonly FrameInput[], frame: Size): number {
  return inputs.reduce((sum, { measured }) => sum + frame.width * frame.height * 4 + (measured.kind === 'texture' ? 0 : measured.width * measured.height * 4), 0);
}

/** Brings all pictures to the GPU. */
export function uploadInputs({ engine, lent }: Generation, inputs: readonly FrameInput[], hold: RunHold): ExternalTexture[] {
  return inputs.map(({ name, source, measured }) => ({ name, texture: uploadSource(engine, lent, source, measured, hold) }));
}

/** Writes the uniforms that follow source and target, where these are unlike those of the frame before. `map` is written over. */
export function writeFrameUniforms(compiled: CompiledPlan, names: readonly string[], frame: Size, inputs: readonly FrameInput[], targets: readonly FrameTarget[], fit: Fit, map: PixelMap): void {
  if (!hasChanged(compiled.frameWatch, names, inputs, targets, fit)) return;
  const { steps } = compiled.plan;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as Step;
    if (step.kind === 'present') {
      const target = named(targets, step.target);
      if (target === undefined) continue;
      mapToPicture(frame, target, fit, map);
      compiled.follow(i, presentShaderFor(map), presentUniforms(map, target.premultiply));
    } else if (step.shader === importKernel) {
      const place = compiled.plan.places[step.bound[1] as number] as TexturePlace;
      const { measured, placement } = named(inputs, place.name) as FrameInput;
      mapToSource(measured, frame, placement, map);
      compiled.follow(i, importKernelFor(map, measured.linear), importUniforms(map, measured.linear));
    }
  }
}

function hasChanged(watch: ChangeWatch, names: readonly string[], inputs: readonly FrameInput[], targets: readonly FrameTarget[], fit: Fit): boolean {
  watch.begin();
  watch.note(FITS.indexOf(fit));
  for (let i = 0; i < inputs.length; i++) {
    const { measured, placement } = inputs[i] as FrameInput;
    watch.note(measured.width);
    watch.note(measured.height);
    watch.note(Number(measured.linear));
    notePlacement(watch, placement);
  }
  for (let i = 0; i < targets.length; i++) {
    const { width, height, premultiply, name } = targets[i] as FrameTarget;
    watch.note(width);
    watch.note(height);
    watch.note(Number(premultiply));
    watch.note(names.indexOf(name));
  }
  return watch.end();
}
