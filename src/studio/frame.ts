import type { ChangeWatch } from '../core/changeWatch.ts';
import { named, type CompiledPlan, type ExternalTexture, type RunHold } from '../core/compiledPlan.ts';
import type { Look } from '../core/effect.ts';
import { InputError } from '../core/errors.ts';
import type { Frame, Size } from '../core/frameGraph.ts';
import { stepsOf } from '../core/look.ts';
import type { Step, TexturePlace } from '../core/plan.ts';
import { importKernel, importKernelFor, IMPORT_REACH, importUniforms, importVideoKernel } from '../io/importSource.ts';
import { area, checkPlacement, FITS, mapToPicture, mapToSource, notePlacement, partOfSource, shiftMap, wholeOf, workingSize, type Crop, type Fit, type PixelMap, type Placement } from '../io/placement.ts';
import { presentShaderFor, presentUniforms } from '../io/present.ts';
import { measureSource, uploadSource, type MeasuredSource, type Source, type VideoSource } from '../io/source.ts';
import type { MeasuredTarget } from '../io/target.ts';
import type { VideoInput, VideoLadder } from '../io/video.ts';
import type { Generation } from './generation.ts';

/** How a picture that is painted at a fraction of its size is enlarged to that: by interpolation, or along the edges of the source. */
export type Upsampling = 'smooth' | 'edges';

/** How a picture is painted and shown. */
export interface ShownAs extends Placement {
  readonly upsample?: Upsampling;
  readonly fit?: Fit | 'budget';
}

/** @throws {@link InputError} for a value that fits no source. */
export function checkShownAs(shown: ShownAs): void {
  const { upsample = 'smooth', fit = 'contain' } = shown;
  checkPlacement(shown);
  if (!UPSAMPLINGS.includes(upsample)) throw new InputError(`upsample is ${JSON.stringify(upsample)}, must be one of ${UPSAMPLINGS.join(', ')}`);
  if (fit !== 'budget' && !FITS.includes(fit)) throw new InputError(`fit is ${JSON.stringify(fit)}, must be one of ${FITS.join(', ')}, budget`);
}

const UPSAMPLINGS: readonly Upsampling[] = ['smooth', 'edges'];

/** A picture that a frame is painted from, looked at: the source first, then what is bound to inputs of effects. */
export interface FrameInput {
  readonly name: string;
  readonly source: Source;
  readonly measured: MeasuredSource;
  readonly placement: ShownAs;
  /** Whether the import samples it where it lies, so that nothing has to be brought to the GPU: a texture, and a video where that works. */
  readonly sampled: boolean;
}

/** A target as uniforms follow it, and the part of the working textures that it shows where that is not all of them. */
export type FrameTarget = MeasuredTarget & { readonly name: string; readonly shows?: Crop };

/** A frame whose place in a picture does not matter. */
export const NOMINAL_FRAME: Frame = { width: 1024, height: 768, origin: [0, 0], scale: 1 };

const NO_INPUTS: Readonly<Record<string, Source>> = {};
const NO_PLACEMENT: ShownAs = {};

/**
 * Looks at everything a frame is painted from.
 * @throws {@link InputError} where a source cannot be painted, or is bound to no input; for a value that fits no source.
 */
export function frameInputs(looks: ReadonlyMap<string, Look>, source: Source, shown: ShownAs, inputs: Readonly<Record<string, Source>> | undefined, maxSide: number, videos?: VideoLadder): FrameInput[] {
  checkShownAs(shown);
  const found = [frameInput('source', source, shown, maxSide, videos)];
  for (const [name, input] of Object.entries(inputs ?? NO_INPUTS)) {
    assertDeclared(looks, name);
    if (input instanceof Blob) throw new InputError(`the input "${name}" is an encoded picture (${input.constructor.name}); decode it first, with createImageBitmap, or in Node with decode of atelier-gpu/node`);
    found.push(frameInput(name, input, NO_PLACEMENT, maxSide, videos));
  }
  return found;
}

function frameInput(name: string, source: Source, placement: ShownAs, maxSide: number, videos: VideoLadder | undefined): FrameInput {
  const measured = measureSource(source, maxSide);
  const sampled = measured.kind === 'texture' || (measured.kind === 'video' && videos?.samples(source as VideoSource) === true);
  return { name, source, measured, placement, sampled };
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
  const { scale = 1, upsample = 'smooth' } = placement;
  const frame: Frame = { width, height, origin: NOMINAL_FRAME.origin, scale };
  if (upsample === 'smooth' || scale === 1) return frame;
  const enlarged = workingSize(measured, { ...placement, scale: 1 });
  return enlarged.width === width && enlarged.height === height ? frame : { ...frame, enlarged };
}

/** Bytes of the sources that have to be brought to the GPU, and of their imports. */
export function uploadBytes(inputs: readonly FrameInput[], frame: Frame): number {
  const larger = frame.enlarged === undefined ? 0 : area(frame.enlarged) * BYTES_OF_PIXEL;
  return inputs.reduce((sum, input) => sum + area(frame.tile ?? frame) * BYTES_OF_PIXEL + (input.sampled ? 0 : area(uploadedSize(input, frame)) * BYTES_OF_PIXEL), larger);
}

const BYTES_OF_PIXEL = 4;

/** The longest side of what is brought to the GPU, in pixels of the sources. */
export function longestUpload(inputs: readonly FrameInput[], frame: Frame): number {
  return inputs.reduce((longest, input) => {
    const { width, height } = uploadedSize(input, frame);
    return Math.max(longest, width, height);
  }, 0);
}

function uploadedSize(input: FrameInput, frame: Frame): Size {
  return uploadedPart(input, frame) ?? input.measured;
}

/** The part of a source that a tile is painted from; undefined is all of it. What is sampled is on the GPU already, and a video is brought there whole. */
function uploadedPart({ measured, placement, sampled }: FrameInput, frame: Frame): Crop | undefined {
  if (frame.tile === undefined || sampled || measured.kind === 'video') return undefined;
  const [x, y] = frame.origin;
  return partOfSource(measured, frame, placement, { x, y, ...frame.tile }, IMPORT_REACH);
}

/**
 * Brings all pictures to the GPU, or what a tile is painted from.
 * @param owner - who paints with them
 * @returns `undefined` where one is still on its way
 */
export function uploadInputs({ engine, lent, videos }: Generation, inputs: readonly FrameInput[], frame: Frame, hold: RunHold, owner: object): ExternalTexture[] | undefined {
  const uploaded: ExternalTexture[] = [];
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as FrameInput;
    const texture = input.measured.kind === 'video' ? videos.take(input as VideoInput, hold, owner) : uploadSource(engine, lent, input.source, input.measured, hold, uploadedPart(input, frame));
    if (texture === undefined) return undefined;
    uploaded.push({ name: input.name, texture });
  }
  return uploaded;
}

/** Writes the uniforms that follow source and target, where these are unlike those of the frame before. `map` is written over. */
export function writeFrameUniforms(compiled: CompiledPlan, names: readonly string[], frame: Frame, inputs: readonly FrameInput[], uploaded: readonly ExternalTexture[], targets: readonly FrameTarget[], fit: Fit, map: PixelMap): void {
  if (!hasChanged(compiled.frameWatch, names, inputs, uploaded, targets, fit)) return;
  const { steps } = compiled.plan;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as Step;
    if (step.kind === 'present') {
      const target = named(targets, step.target);
      if (target === undefined) continue;
      mapToPicture(target.shows ?? frame.tile ?? frame.enlarged ?? frame, target, fit, map);
      if (target.shows !== undefined) shiftMap(map, CORNER, { x: -target.shows.x, y: -target.shows.y });
      compiled.follow(i, presentShaderFor(map), presentUniforms(map, target.premultiply));
    } else if (step.shader === importKernel) {
      const place = compiled.plan.places[step.bound[1] as number] as TexturePlace;
      // What was imported larger is there already.
      if (place.lifetime !== 'external') continue;
      const input = named(inputs, place.name) as FrameInput;
      const { measured, placement } = input;
      mapToSource(measured, place.name === 'source' ? (frame.enlarged ?? frame) : frame, placement, map);
      if (frame.tile !== undefined) shiftMap(map, frame.origin, uploadedPart(input, frame) ?? wholeOf(measured));
      const shader = isImported(named(uploaded, place.name)) ? importVideoKernel : importKernelFor(map, measured.linear);
      compiled.follow(i, shader, importUniforms(map, measured.linear, measured));
    }
  }
}

const CORNER = [0, 0] as const;

function isImported(uploaded: ExternalTexture | undefined): boolean {
  return uploaded !== undefined && 'external' in uploaded.texture;
}

function hasChanged(watch: ChangeWatch, names: readonly string[], inputs: readonly FrameInput[], uploaded: readonly ExternalTexture[], targets: readonly FrameTarget[], fit: Fit): boolean {
  watch.begin();
  watch.note(FITS.indexOf(fit));
  for (let i = 0; i < inputs.length; i++) {
    const { measured, placement } = inputs[i] as FrameInput;
    watch.note(measured.width);
    watch.note(measured.height);
    watch.note(Number(measured.linear));
    watch.note(Number(isImported(uploaded[i])));
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
