import type { GpuFault } from '../core/allocationGuard.ts';
import { emptyHold, type CompiledPlan, type RunHold } from '../core/compiledPlan.ts';
import { refused } from '../core/device.ts';
import type { AnyStep, Look } from '../core/effect.ts';
import type { Engine } from '../core/engine.ts';
import { DestroyedError, InputError } from '../core/errors.ts';
import type { Frame, Size } from '../core/frameGraph.ts';
import type { Plan } from '../core/plan.ts';
import type { Codec, EncodeOptions } from '../io/codec.ts';
import type { Pixels } from '../io/pixels.ts';
import { createPixelMap, type Fit, type Placement } from '../io/placement.ts';
import type { AsyncSource, Source } from '../io/source.ts';
import { measureTarget, viewOf, type MeasuredTarget, type Target } from '../io/target.ts';
import type { DeviceKeeper } from './deviceKeeper.ts';
import { boundNames, frameInputs, frameOf, NOMINAL_FRAME, uploadBytes, uploadInputs, writeFrameUniforms, type FrameInput } from './frame.ts';
import { inspectorOf, type Inspector } from './inspector.ts';
import { OutputReader, type OpenOutputs } from './outputReader.ts';
import { compiledPlan, PlanShelf } from './planShelf.ts';
import { ALONE, recordLooks } from './recordLooks.ts';
import { replaceStep } from './replaceStep.ts';
import type { InputLimits } from './studio.ts';

/** What a pipeline shares with its studio. */
export interface StudioParts {
  readonly keeper: DeviceKeeper;
  readonly codec: Codec;
  readonly limits: InputLimits;
  painted(): void;
  forget(pipeline: Pipeline<string>): void;
}

/** How one frame is painted. */
export interface RenderOptions extends Placement {
  /** How the picture meets a target of another shape; `'contain'` by default. */
  readonly fit?: Fit;
  /** Pictures for the optional inputs of effects, by name, stretched over the source. */
  readonly inputs?: Readonly<Record<string, Source>>;
}

/** How a picture is painted into memory. */
export interface ReadOptions extends Placement {
  /** Pictures for the optional inputs of effects, by name, stretched over the source. */
  readonly inputs?: Readonly<Record<string, Source>>;
  /**
   * Gives the intermediate that an effect named so with `graph.inspect` instead of the result, opaque and at the size of the picture; of several of one name the last.
   * `'effect.name'` is that of one effect. A pipeline with several outputs gives those that have it.
   */
  readonly inspect?: string;
}

/** One result, or one for each name of a pipeline with several. */
export type Outputs<K extends string, T> = [K] extends [never] ? T : Readonly<Record<K, T>>;
/** Where the results of a pipeline are drawn; a name left out is not painted. */
export type Targets<K extends string> = [K] extends [never] ? Target : Readonly<Partial<Record<K, Target>>>;

/** What `encode` recorded. Its textures stay reserved until `submitted()` or the next task. */
export interface Recorded {
  /** Says that the encoder was submitted, so its textures may serve the next frame. */
  submitted(): void;
}

interface ResolvedTarget extends MeasuredTarget {
  readonly name: string;
  readonly place: Target;
}

const READ_FORMAT = 'rgba8unorm';

/**
 * One or several looks, ready to paint any number of frames.
 * Owns: its plans with their bind groups and history. Borrows: the studio's engine, another one after a loss of the device.
 */
export class Pipeline<K extends string = never> {
  readonly #parts: StudioParts;
  readonly #looks: Map<string, Look>;
  readonly #named: boolean;
  readonly #names: readonly string[];
  readonly #map = createPixelMap();
  readonly #hold = emptyHold();
  readonly #formats: readonly GPUTextureFormat[];
  #shelf: PlanShelf;
  #ready: Promise<void>;
  #destroyed = false;

  /** @internal Use {@link Studio.pipeline}. */
  constructor(parts: StudioParts, looks: Readonly<Record<string, Look>>, isNamed: boolean) {
    this.#parts = parts;
    this.#looks = new Map(Object.entries(looks));
    this.#named = isNamed;
    this.#names = Object.keys(looks);
    const canvasFormat = (globalThis.navigator as Navigator | undefined)?.gpu?.getPreferredCanvasFormat();
    this.#formats = canvasFormat === undefined ? [READ_FORMAT] : [READ_FORMAT, canvasFormat];
    this.#shelf = this.#makeShelf();
    this.#ready = this.#compileNominal();
  }

  /** Resolves when every kernel is compiled. Rendering earlier draws nothing and returns `false`. After a loss of the device it waits for the next one. */
  get ready(): Promise<void> {
    const shelf = this.#shelf;
    if (!this.#destroyed && this.#currentShelf() !== shelf) this.#ready = this.#compileNominal();
    return this.#ready;
  }

  #compileNominal(): Promise<void> {
    const { keeper } = this.#parts;
    const compile = (): Promise<void> => compiledPlan(this.#currentShelf().engine, this.#record(NOMINAL_FRAME, [])).compile(this.#formats);
    const ready = keeper.recovering ? keeper.usable().then(compile) : compile();
    // Whoever awaits `ready` sees a failure; whoever does not must not crash the page.
    ready.catch(() => {});
    return ready;
  }

  #makeShelf(): PlanShelf {
    return new PlanShelf(this.#parts.keeper.generation.engine, (frame, bound) => this.#record(frame, bound), this.#formats);
  }

  /** The plans on the device in use. */
  #currentShelf(): PlanShelf {
    if (this.#shelf.engine !== this.#parts.keeper.generation.engine) {
      this.#shelf.clear();
      this.#shelf = this.#makeShelf();
    }
    return this.#shelf;
  }

  #record(frame: Frame, bound: readonly string[], inspector?: Inspector): Plan {
    return recordLooks(this.#looks, frame, bound, this.#parts.keeper.generation.engine.traits, inspector);
  }

  /**
   * Paints one frame now, without waiting. A canvas shows it when the task ends; to copy the canvas, do so in the same task.
   * @returns `true` when it was drawn; `false` on a target of no size, while a lost device is replaced, and while kernels are compiled: before
   * {@link Pipeline.ready}, and at the first frame on a texture of a format not drawn on before.
   * @throws {@link InputError}, {@link BudgetError}, {@link OutOfMemoryError}, {@link GpuError}, {@link DestroyedError}, {@link DeviceLostError}
   */
  render(source: Source, target: Targets<K>, options: RenderOptions = {}): boolean {
    this.#assertUsable();
    if (this.#parts.keeper.recovering) return false;
    const { engine } = this.#parts.keeper.generation;
    const hold = this.#hold;
    engine.beginWork();
    try {
      const encoder = engine.device.createCommandEncoder();
      const compiled = this.#paint(encoder, source, target, options, hold);
      if (compiled === undefined) return false;
      submit(engine, encoder, compiled);
      engine.submitted(hold);
      this.#parts.painted();
      return true;
    } finally {
      engine.release(hold);
      void engine.endWork();
    }
  }

  /**
   * Records one frame on an encoder of yours, made by the device that was lent to {@link Studio.create}. Submit it in the same task.
   * @returns `undefined` where {@link Pipeline.render} would return `false`.
   * @throws as {@link Pipeline.render}
   */
  encode(encoder: GPUCommandEncoder, { source, target, ...options }: { readonly source: Source; readonly target: Targets<K> } & RenderOptions): Recorded | undefined {
    this.#assertUsable();
    if (this.#parts.keeper.recovering) return undefined;
    const { engine } = this.#parts.keeper.generation;
    const hold = emptyHold();
    let drawn = false;
    engine.beginWork();
    try {
      drawn = this.#paint(encoder, source, target, options, hold) !== undefined;
    } finally {
      if (!drawn) engine.release(hold);
      void engine.endWork();
    }
    if (!drawn) return undefined;
    this.#parts.painted();
    return engine.pin(hold);
  }

  /** Records everything; gives the plan it used, or undefined where nothing can be drawn yet. */
  #paint(encoder: GPUCommandEncoder, source: Source, target: Targets<K>, options: RenderOptions, hold: RunHold): CompiledPlan | undefined {
    const { engine, canvases, lent } = this.#parts.keeper.generation;
    const inputs = frameInputs(this.#looks, source, options, options.inputs, this.#parts.limits.maxSide);
    const targets = this.#resolveTargets(target);
    if (targets.length === 0) return undefined;
    const frame = frameOf(inputs);
    const compiled = this.#currentShelf().readyPlan(frame, boundNames(inputs), formatsOf(targets));
    if (compiled === undefined) return undefined;
    assertRoom(engine, compiled, frame, inputs);
    const externals = uploadInputs(this.#parts.keeper.generation, inputs, hold);
    writeFrameUniforms(compiled, this.#names, frame, inputs, targets, options.fit ?? 'contain', this.#map);
    const views = targets.map(({ name, place, format }) => ({ name, format, view: viewOf(engine.device, canvases, lent, place) }));
    compiled.run(encoder, { externals, targets: views, history: 'advance' }, hold);
    return compiled;
  }

  /** The targets that have a size; a canvas that is hidden or not laid out yet has none. */
  #resolveTargets(target: Targets<K>): ResolvedTarget[] {
    const { engine, canvases } = this.#parts.keeper.generation;
    const places = this.#named ? (target as Readonly<Record<string, Target | undefined>>) : { [ALONE]: target as Target };
    if (this.#named && !isRecordOfTargets(places)) throw new InputError(`this pipeline has several outputs, and the target is one thing; give a record with a target for each: { ${this.#names.join(', ')} }`);
    const resolved: ResolvedTarget[] = [];
    for (const name of Object.keys(places)) {
      if (!this.#looks.has(name)) throw new InputError(`there is no output "${name}"; this pipeline has ${this.#names.join(', ')}`);
      const place = places[name];
      // A single target that is missing is a mistake; of several, what is left out is not painted.
      if (place === undefined && this.#named) continue;
      const { width, height, format, premultiply } = measureTarget(engine.device, canvases, place as Target);
      if (width > 0 && height > 0) resolved.push({ name, place: place as Target, width, height, format, premultiply });
    }
    return resolved;
  }

  /**
   * Paints a picture into memory: RGBA, straight alpha, sRGB. History starts from none, so equal input gives an equal picture. While a lost device is replaced it waits.
   * @throws {@link DecodeError}, {@link InputTooLargeError}, and as {@link Pipeline.render}
   */
  async read(source: AsyncSource, options: ReadOptions = {}): Promise<Outputs<K, Pixels>> {
    const pictures = await this.#readAll(source, options);
    return (this.#named ? pictures : pictures[ALONE]) as Outputs<K, Pixels>;
  }

  /**
   * Paints a picture and encodes it.
   * @throws as {@link Pipeline.read}
   */
  async toBlob(source: AsyncSource, options: ReadOptions & EncodeOptions = {}): Promise<Outputs<K, Blob>> {
    const pictures = await this.#readAll(source, options);
    const blobs: Record<string, Blob> = {};
    for (const [name, pixels] of Object.entries(pictures)) blobs[name] = await this.#parts.codec.encode(pixels, options);
    return (this.#named ? blobs : blobs[ALONE]) as Outputs<K, Blob>;
  }

  async #readAll(source: AsyncSource, options: ReadOptions): Promise<Record<string, Pixels>> {
    this.#assertUsable();
    if (!(source instanceof Blob)) return this.#readSource(source, options);
    const { maxPixels, maxSide } = this.#parts.limits;
    const decoded = await this.#parts.codec.decode(source, { maxPixels, maxSize: Math.min(maxSide, options.crop === undefined ? (options.maxSize ?? Infinity) : Infinity) });
    try {
      return await this.#readSource(decoded, options);
    } finally {
      if ('close' in decoded) decoded.close();
    }
  }

  /** Where the GPU has no memory, all that is free was given up by the time this is known, and a second try may find some. */
  async #readSource(source: Source, options: ReadOptions): Promise<Record<string, Pixels>> {
    const inputs = frameInputs(this.#looks, source, options, options.inputs, this.#parts.limits.maxSide);
    const pictures = (await this.#tryRead(inputs, options)) ?? (await this.#tryRead(inputs, options));
    if (pictures === undefined) throw this.#parts.keeper.generation.engine.outOfMemory();
    return pictures;
  }

  async #tryRead(inputs: readonly FrameInput[], options: ReadOptions): Promise<Record<string, Pixels> | undefined> {
    await this.#parts.keeper.usable();
    this.#assertUsable();
    const generation = this.#parts.keeper.generation;
    const { engine } = generation;
    // What waited here may wake up on a device that is no more.
    const assertUsable = (): void => {
      this.#assertUsable();
      engine.device.assertAlive();
    };
    const frame = frameOf(inputs);
    const own = options.inspect === undefined ? undefined : compiledPlan(engine, this.#record(frame, boundNames(inputs), inspectorOf(options.inspect)));
    const names = own === undefined ? this.#names : own.plan.steps.flatMap((step) => (step.kind === 'present' ? [step.target] : []));
    const reader = new OutputReader(engine);
    const hold = emptyHold();
    let outputs: OpenOutputs | undefined;
    let refusal: Promise<GpuFault | undefined> | undefined;
    try {
      await own?.compile([READ_FORMAT]);
      const compiled = own ?? (await this.#currentShelf().newestPlan(frame, boundNames(inputs), READ_FORMAT, assertUsable));
      assertUsable();
      assertRoom(engine, compiled, frame, inputs, names.length * reader.bytesFor(frame));
      engine.beginWork();
      const encoder = engine.device.createCommandEncoder();
      try {
        const externals = uploadInputs(generation, inputs, hold);
        outputs = reader.open(names, frame);
        writeFrameUniforms(compiled, this.#names, frame, inputs, names.map((name) => ({ ...frame, name, format: READ_FORMAT, premultiply: false })), 'fill', this.#map);
        compiled.run(encoder, { externals, targets: outputs.targets, history: 'none' }, hold);
        outputs.copy(encoder);
      } finally {
        refusal = engine.endWork();
      }
      const fault = refusal && (await engine.keepUniforms(hold, refusal));
      assertUsable();
      if (fault?.kind === 'out-of-memory') return undefined;
      if (fault !== undefined) throw refused('to paint', fault.message);
      submit(engine, encoder, compiled);
      engine.submitted(hold);
      this.#parts.painted();
      return await outputs.pixels();
    } finally {
      engine.release(hold);
      outputs?.close();
      own?.destroy();
    }
  }

  /**
   * Changes parameters of one step; the next frame shows it.
   * @param step - the effect's name, `'output.name'` where several outputs have it, or its index counted through all outputs, those that a combinator combines before itself
   * @throws {@link ParameterError} for an unknown or ambiguous step, or parameters that do not fit.
   */
  set(step: string | number, params: Readonly<Record<string, unknown>>): void {
    this.#assertUsable();
    replaceStep(this.#looks, step, (old: AnyStep) => old.effect.step({ ...old, params: { ...old.params, ...params } }));
    this.#currentShelf().outdate();
  }

  /** Bytes that the plan for a picture of this working size holds: what `metrics().bytes.peak` will say. */
  estimate(width: number, height: number): number {
    return this.#record({ ...NOMINAL_FRAME, width, height }, []).bytes;
  }

  /** Lets go of plans, bind groups and history. A second call does nothing. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#shelf.clear();
    this.#parts.forget(this as unknown as Pipeline<string>);
  }

  /** As {@link Pipeline.destroy}. */
  [Symbol.dispose](): void {
    this.destroy();
  }

  #assertUsable(): void {
    if (this.#destroyed) throw new DestroyedError('this pipeline was destroyed; make a new one');
    this.#parts.keeper.assertUsable();
  }
}

/** Refuses before anything is allocated. */
function assertRoom(engine: Engine, compiled: CompiledPlan, frame: Size, inputs: readonly FrameInput[], extra: number = 0): void {
  engine.assertRoom(compiled.plan, compiled.bytesToLease + uploadBytes(inputs, frame) + extra, `painting ${frame.width}x${frame.height}`);
}

/** History that was recorded for a frame that never ran would show what nobody painted. */
function submit(engine: Engine, encoder: GPUCommandEncoder, compiled: CompiledPlan): void {
  try {
    engine.device.submit(encoder);
  } catch (error) {
    compiled.forgetHistory();
    throw error;
  }
}

function isRecordOfTargets(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('getContext' in value) && !('createView' in value) && !('view' in value);
}

function formatsOf(targets: readonly MeasuredTarget[]): GPUTextureFormat[] {
  const formats: GPUTextureFormat[] = [];
  for (const { format } of targets) if (!formats.includes(format)) formats.push(format);
  return formats;
}
