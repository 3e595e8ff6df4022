import type { ChangeWatch } from '../core/changeWatch.ts';
import { CompiledPlan, emptyHold, named, type ExternalTexture, type RunHold, type StandIns } from '../core/compiledPlan.ts';
import type { AnyStep, EffectInputs, Look } from '../core/effect.ts';
import type { Engine } from '../core/engine.ts';
import { makeDisposable } from '../core/disposal.ts';
import { DestroyedError, InputError } from '../core/errors.ts';
import { FrameGraph, type Frame, type Size, type TextureHandle } from '../core/frameGraph.ts';
import { applyLook, stepsOf } from '../core/look.ts';
import { makePlan, type Plan, type Step, type TexturePlace } from '../core/plan.ts';
import type { Codec, EncodeOptions } from '../io/codec.ts';
import { importCopyKernel, importKernel, importKernelFor, importSource, importUniforms } from '../io/importSource.ts';
import type { Pixels } from '../io/pixels.ts';
import { createPixelMap, FITS, mapToPicture, mapToSource, notePlacement, workingSize, type Fit, type Placement } from '../io/placement.ts';
import { presentCopyShader, presentShader, presentShaderFor, presentUniforms } from '../io/present.ts';
import { measureSource, uploadSource, type AsyncSource, type LentTextures, type MeasuredSource, type Source } from '../io/source.ts';
import { measureTarget, viewOf, type ConfiguredCanvases, type MeasuredTarget, type Target } from '../io/target.ts';
import { checkSignal } from './abort.ts';
import { inspectorOf, type Inspector } from './inspector.ts';
import { OutputReader } from './outputReader.ts';
import { PendingCalls } from './pendingCalls.ts';
import { replaceStep } from './replaceStep.ts';
import type { InputLimits } from './studio.ts';

/** What a pipeline shares with its studio. */
export interface StudioParts {
  readonly engine: Engine;
  readonly lent: LentTextures;
  readonly canvases: ConfiguredCanvases;
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
  /** Stops the call: it rejects at once with the signal's reason, and nothing more is submitted for it. */
  readonly signal?: AbortSignal;
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

interface PlanEntry {
  compiled: CompiledPlan;
  revision: number;
  /** The plan that replaces it as soon as its kernels are compiled. */
  next: CompiledPlan | undefined;
}

interface ResolvedTarget extends MeasuredTarget {
  readonly name: string;
  readonly place: Target;
}

interface ResolvedInput {
  readonly name: string;
  readonly source: Source;
  readonly measured: MeasuredSource;
  readonly placement: Placement;
}

const PLANS_KEPT = 4;
const STAND_INS: StandIns = new Map([[importKernel, importCopyKernel], [presentShader, presentCopyShader]]);
const NOMINAL_FRAME: Frame = { width: 1024, height: 768, origin: [0, 0], scale: 1 };
const READ_FORMAT = 'rgba8unorm';
const ALONE = 'result';
const NO_INPUTS: Readonly<Record<string, Source>> = {};

/**
 * One or several looks, ready to paint any number of frames.
 * Owns: its plans with their bind groups and history, its calls in progress, and its copies. Borrows: the studio's engine.
 */
export class Pipeline<K extends string = never> {
  /** Resolves when every kernel is compiled. Rendering earlier draws nothing and returns `false`. */
  readonly ready: Promise<void>;
  readonly #parts: StudioParts;
  readonly #looks: Map<string, Look>;
  readonly #named: boolean;
  readonly #names: readonly string[];
  readonly #plans = new Map<string, PlanEntry>();
  readonly #map = createPixelMap();
  readonly #hold = emptyHold();
  readonly #formats: readonly GPUTextureFormat[];
  readonly #reader: OutputReader;
  readonly #calls = new PendingCalls();
  readonly #copies = new Set<Pipeline<K>>();
  #revision = 0;
  #state: 'open' | 'closing' | 'destroyed' = 'open';

  static {
    makeDisposable(this.prototype, (pipeline) => pipeline.finish());
  }

  /** @internal Use {@link Studio.pipeline}. */
  constructor(parts: StudioParts, looks: Readonly<Record<string, Look>>, isNamed: boolean) {
    this.#parts = parts;
    this.#looks = new Map(Object.entries(looks));
    this.#named = isNamed;
    this.#names = Object.keys(looks);
    this.#reader = new OutputReader(parts.engine);
    const canvasFormat = (globalThis.navigator as Navigator | undefined)?.gpu?.getPreferredCanvasFormat();
    this.#formats = canvasFormat === undefined ? [READ_FORMAT] : [READ_FORMAT, canvasFormat];
    this.ready = this.#makeCompiled(this.#record(NOMINAL_FRAME, [])).compile(this.#formats);
    // Whoever awaits `ready` sees a failure; whoever does not must not crash the page.
    this.ready.catch(() => {});
  }

  /**
   * Paints one frame now, without waiting. A canvas shows it when the task ends; to copy the canvas, do so in the same task.
   * @returns `true` when it was drawn; `false` on a target of no size, and while kernels are compiled: before {@link Pipeline.ready}, and
   * at the first frame on a texture of a format not drawn on before.
   * @throws {@link InputError}, {@link BudgetError}, {@link DestroyedError}, {@link DeviceLostError}
   */
  render(source: Source, target: Targets<K>, options: RenderOptions = {}): boolean {
    const { device } = this.#parts.engine;
    this.assertUsable();
    const hold = this.#hold;
    try {
      const encoder = this.#begin();
      if (!this.#paint(encoder, source, target, options, hold)) return false;
      device.handle.queue.submit([encoder.finish()]);
      this.#parts.engine.submitted(hold);
      this.#parts.painted();
      return true;
    } finally {
      this.#parts.engine.release(hold);
    }
  }

  /**
   * Records one frame on an encoder of yours, made by the device that was lent to {@link Studio.create}. Submit it in the same task.
   * @returns `undefined` where {@link Pipeline.render} would return `false`.
   * @throws as {@link Pipeline.render}
   */
  encode(encoder: GPUCommandEncoder, { source, target, ...options }: { readonly source: Source; readonly target: Targets<K> } & RenderOptions): Recorded | undefined {
    this.assertUsable();
    const { engine } = this.#parts;
    const hold = emptyHold();
    let drawn = false;
    try {
      drawn = this.#paint(encoder, source, target, options, hold);
    } finally {
      if (!drawn) engine.release(hold);
    }
    if (!drawn) return undefined;
    this.#parts.painted();
    return engine.pin(hold);
  }

  #begin(): GPUCommandEncoder {
    return this.#parts.engine.device.handle.createCommandEncoder();
  }

  #paint(encoder: GPUCommandEncoder, source: Source, target: Targets<K>, options: RenderOptions, hold: RunHold): boolean {
    const { engine, canvases, lent } = this.#parts;
    const inputs = this.#resolveInputs(source, options);
    const targets = this.#resolveTargets(target);
    if (targets.length === 0) return false;
    const frame = frameOf(inputs[0] as ResolvedInput, options);
    const compiled = this.#readyPlan(frame, inputs, formatsOf(targets));
    if (compiled === undefined) return false;
    this.#assertRoom(compiled, frame, inputs);
    const externals = this.#upload(inputs, hold);
    this.#writeFrameUniforms(compiled, frame, inputs, targets, options.fit ?? 'contain');
    const views = targets.map(({ name, place, format }) => ({ name, format, view: viewOf(engine.device, canvases, lent, place) }));
    compiled.run(encoder, { externals, targets: views, history: 'advance' }, hold);
    return true;
  }

  /** The targets that have a size; a canvas that is hidden or not laid out yet has none. */
  #resolveTargets(target: Targets<K>): ResolvedTarget[] {
    const { engine, canvases } = this.#parts;
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

  #resolveInputs(source: Source, options: ReadOptions): ResolvedInput[] {
    const { maxSide } = this.#parts.limits;
    const resolved: ResolvedInput[] = [{ name: 'source', source, measured: measureSource(source, maxSide), placement: options }];
    for (const [name, input] of Object.entries(options.inputs ?? NO_INPUTS)) {
      this.#assertDeclared(name);
      if (input instanceof Blob) throw new InputError(`the input "${name}" is an encoded picture (${input.constructor.name}); decode it first, with createImageBitmap, or in Node with decode of atelier-gpu/node`);
      resolved.push({ name, source: input, measured: measureSource(input, maxSide), placement: {} });
    }
    return resolved;
  }

  #assertDeclared(input: string): void {
    const declared = new Set([...this.#looks.values()].flatMap(stepsOf).flatMap(({ inputs }) => Object.values(inputs)));
    // Steps may read the picture they paint on as another input, but nobody binds it twice.
    declared.delete('source');
    if (!declared.has(input)) throw new InputError(`there is no input "${input}"; the effects of this pipeline have ${[...declared].join(', ') || 'none'}`);
  }

  #upload(inputs: readonly ResolvedInput[], hold: RunHold): ExternalTexture[] {
    const { engine, lent } = this.#parts;
    return inputs.map(({ name, source, measured }) => ({ name, texture: uploadSource(engine, lent, source, measured, hold) }));
  }

  /** Refuses before anything is allocated. */
  #assertRoom(compiled: CompiledPlan, frame: Size, inputs: readonly ResolvedInput[], extra: number = 0): void {
    const uploads = inputs.reduce((sum, { measured }) => sum + frame.width * frame.height * 4 + (measured.kind === 'texture' ? 0 : measured.width * measured.height * 4), 0);
    this.#parts.engine.assertRoom(compiled.plan, compiled.bytesToLease + uploads + extra, `painting ${frame.width}x${frame.height}`);
  }

  #writeFrameUniforms(compiled: CompiledPlan, frame: Size, inputs: readonly ResolvedInput[], targets: readonly (MeasuredTarget & { readonly name: string })[], fit: Fit): void {
    if (!hasChanged(compiled.frameWatch, this.#names, inputs, targets, fit)) return;
    const { steps } = compiled.plan;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as Step;
      if (step.kind === 'present') {
        const target = named(targets, step.target);
        if (target === undefined) continue;
        mapToPicture(frame, target, fit, this.#map);
        compiled.follow(i, presentShaderFor(this.#map), presentUniforms(this.#map, target.premultiply));
      } else if (step.shader === importKernel) {
        const place = compiled.plan.places[step.bound[1] as number] as TexturePlace;
        const { measured, placement } = named(inputs, place.name) as ResolvedInput;
        mapToSource(measured, frame, placement, this.#map);
        compiled.follow(i, importKernelFor(this.#map, measured.linear), importUniforms(this.#map, measured.linear));
      }
    }
  }

  #record(frame: Frame, bound: readonly string[], inspector?: Inspector): Plan {
    const graph = new FrameGraph(frame, this.#parts.engine.traits, inspector?.watch);
    const inputs: Record<string, TextureHandle> = { source: importSource(graph, 'source') };
    for (const name of bound) inputs[name] = importSource(graph, name);
    for (const [name, look] of this.#looks) {
      const color = applyLook(graph, look, inputs as unknown as EffectInputs);
      if (inspector === undefined) graph.present(name, color, inputs['source'] as TextureHandle);
      else inspector.present(graph, name);
    }
    inspector?.end();
    return makePlan(graph.recording, presentShader.uniforms?.size ?? 0);
  }

  #makeCompiled(plan: Plan): CompiledPlan {
    return new CompiledPlan(this.#parts.engine, plan, presentShader, STAND_INS);
  }

  /** The plan for this size, or undefined while its kernels compile. After a change that needs new kernels the old plan serves until they are there. */
  #readyPlan(frame: Frame, inputs: readonly ResolvedInput[], formats: readonly GPUTextureFormat[]): CompiledPlan | undefined {
    const entry = this.#planEntry(frame, inputs);
    if (entry.next?.isReady(formats) === true) this.#promote(entry);
    if (entry.compiled.isReady(formats)) return entry.compiled;
    entry.compiled.compile(formats).catch(() => {});
    return undefined;
  }

  #promote(entry: PlanEntry): void {
    entry.compiled.destroy();
    entry.compiled = entry.next as CompiledPlan;
    entry.next = undefined;
  }

  #planEntry(frame: Frame, inputs: readonly ResolvedInput[]): PlanEntry {
    const bound = inputs.slice(1).map(({ name }) => name);
    const key = `${frame.width}x${frame.height} ${frame.scale} ${bound.join()}`;
    const entry = this.#plans.get(key);
    if (entry === undefined) return this.#addPlan(key, frame, bound);
    if (entry.revision !== this.#revision) this.#renew(entry, this.#record(frame, bound));
    return entry;
  }

  #addPlan(key: string, frame: Frame, bound: readonly string[]): PlanEntry {
    const entry = { compiled: this.#makeCompiled(this.#record(frame, bound)), revision: this.#revision, next: undefined };
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined && this.#plans.size >= PLANS_KEPT) this.#dropPlan(oldest);
    this.#plans.set(key, entry);
    return entry;
  }

  #dropPlan(key: string): void {
    const entry = this.#plans.get(key);
    entry?.compiled.destroy();
    entry?.next?.destroy();
    this.#plans.delete(key);
  }

  /** After a change of parameters: only new uniform bytes where the plan stayed the same, else a new plan beside the old. */
  #renew(entry: PlanEntry, plan: Plan): void {
    entry.revision = this.#revision;
    entry.next?.destroy();
    entry.next = undefined;
    if (plan.signature === entry.compiled.plan.signature) {
      entry.compiled.adopt(plan);
    } else {
      entry.next = this.#makeCompiled(plan);
      entry.next.compile(this.#formats).catch(() => {});
    }
  }

  /**
   * Paints a picture into memory: RGBA, straight alpha, sRGB. History starts from none, so equal input gives an equal picture.
   * Calls can overlap: each gives its own picture.
   * @throws {@link DecodeError}, {@link InputTooLargeError}, and as {@link Pipeline.render}; the reason of `signal`
   */
  async read(source: AsyncSource, options: ReadOptions = {}): Promise<Outputs<K, Pixels>> {
    const pictures = await this.#call('read', options, (signal) => this.#readAll(source, options, signal));
    return (this.#named ? pictures : pictures[ALONE]) as Outputs<K, Pixels>;
  }

  /**
   * Paints a picture and encodes it.
   * @throws as {@link Pipeline.read}
   */
  async toBlob(source: AsyncSource, options: ReadOptions & EncodeOptions = {}): Promise<Outputs<K, Blob>> {
    const blobs = await this.#call('toBlob', options, async (signal) => {
      const encoded: Record<string, Blob> = {};
      for (const [name, pixels] of Object.entries(await this.#readAll(source, options, signal))) {
        signal.throwIfAborted();
        encoded[name] = await this.#parts.codec.encode(pixels, options);
      }
      return encoded;
    });
    return (this.#named ? blobs : blobs[ALONE]) as Outputs<K, Blob>;
  }

  /** One call that takes time, until it is done, aborted or destroyed with the pipeline. */
  async #call<T>(name: string, { signal }: ReadOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.assertUsable();
    checkSignal(signal, name);
    return this.#calls.run(work, signal);
  }

  async #readAll(source: AsyncSource, options: ReadOptions, signal: AbortSignal): Promise<Record<string, Pixels>> {
    if (!(source instanceof Blob)) return this.#readSource(source, options, signal);
    const { maxPixels, maxSide } = this.#parts.limits;
    const decoded = await this.#parts.codec.decode(source, { maxPixels, maxSize: Math.min(maxSide, options.crop === undefined ? (options.maxSize ?? Infinity) : Infinity) });
    try {
      signal.throwIfAborted();
      return await this.#readSource(decoded, options, signal);
    } finally {
      if ('close' in decoded) decoded.close();
    }
  }

  async #readSource(source: Source, options: ReadOptions, signal: AbortSignal): Promise<Record<string, Pixels>> {
    const { engine } = this.#parts;
    const inputs = this.#resolveInputs(source, options);
    const frame = frameOf(inputs[0] as ResolvedInput, options);
    const bound = inputs.slice(1).map(({ name }) => name);
    const own = options.inspect === undefined ? undefined : this.#makeCompiled(this.#record(frame, bound, inspectorOf(options.inspect)));
    const names = own === undefined ? this.#names : own.plan.steps.flatMap((step) => (step.kind === 'present' ? [step.target] : []));
    const hold = emptyHold();
    try {
      let compiled = own ?? this.#newestPlan(frame, inputs);
      while (!compiled.isReady([READ_FORMAT])) {
        await compiled.compile([READ_FORMAT]);
        signal.throwIfAborted();
        // Other calls may have dropped or replaced it while this one waited.
        compiled = own ?? this.#newestPlan(frame, inputs);
      }
      engine.device.assertAlive();
      this.#assertRoom(compiled, frame, inputs, names.length * this.#reader.bytesFor(frame));
      const externals = this.#upload(inputs, hold);
      const outputs = this.#reader.open(names, frame);
      try {
        this.#writeFrameUniforms(compiled, frame, inputs, names.map((name) => ({ ...frame, name, format: READ_FORMAT, premultiply: false })), 'fill');
        const encoder = this.#begin();
        compiled.run(encoder, { externals, targets: outputs.targets, history: 'none' }, hold);
        outputs.copy(encoder);
        engine.device.handle.queue.submit([encoder.finish()]);
        engine.submitted(hold);
        this.#parts.painted();
        return await outputs.pixels();
      } finally {
        outputs.close();
      }
    } finally {
      if (engine.device.alive) engine.release(hold);
      own?.destroy();
    }
  }

  /** The newest plan, in place of the older one once it is compiled: what is read is never painted with an older one. */
  #newestPlan(frame: Frame, inputs: readonly ResolvedInput[]): CompiledPlan {
    const entry = this.#planEntry(frame, inputs);
    if (entry.next?.isReady([READ_FORMAT]) === true) this.#promote(entry);
    return entry.next ?? entry.compiled;
  }

  /**
   * Changes parameters of one step; the next frame shows it.
   * @param step - the effect's name, `'output.name'` where several outputs have it, or its index counted through all outputs, those that a combinator combines before itself
   * @throws {@link ParameterError} for an unknown or ambiguous step, or parameters that do not fit.
   */
  set(step: string | number, params: Readonly<Record<string, unknown>>): void {
    this.assertUsable();
    replaceStep(this.#looks, step, (old: AnyStep) => old.effect.step({ ...old, params: { ...old.params, ...params } }));
    this.#revision++;
  }

  /** Bytes that the plan for a picture of this working size holds: what `metrics().bytes.peak` will say. */
  estimate(width: number, height: number): number {
    this.assertUsable();
    return this.#record({ ...NOMINAL_FRAME, width, height }, []).bytes;
  }

  /**
   * A pipeline of the same looks with plans of its own, which ends with this one at the latest.
   * @internal
   */
  copy(): Pipeline<K> {
    this.assertUsable();
    const parts = { ...this.#parts, forget: () => void this.#copies.delete(copy) };
    const copy: Pipeline<K> = new Pipeline<K>(parts, Object.fromEntries(this.#looks), this.#named);
    this.#copies.add(copy);
    return copy;
  }

  /** Resolves when no call is in progress. @internal */
  settled(): Promise<void> {
    return this.#calls.settled();
  }

  /** Lets go of plans, bind groups and history; calls in progress reject at once with a {@link DestroyedError}, and nothing more is submitted for them. A second call does nothing. */
  destroy(): void {
    if (this.#state === 'destroyed') return;
    this.#state = 'destroyed';
    for (const copy of this.#copies) copy.destroy();
    this.#calls.stop(this.#destroyedError());
    for (const key of this.#plans.keys()) this.#dropPlan(key);
    this.#parts.forget(this as unknown as Pipeline<string>);
  }

  /** As {@link Pipeline.destroy}, for `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /** For `await using`: refuses further calls, waits for those in progress, then destroys. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  /** What `await using` does. @internal */
  async finish(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    await Promise.all([this.#calls.settled(), ...[...this.#copies].map((copy) => copy.finish())]);
    this.destroy();
  }

  /** @internal */
  assertUsable(): void {
    if (this.#state !== 'open') throw this.#destroyedError();
    this.#parts.engine.device.assertAlive();
  }

  #destroyedError(): DestroyedError {
    const looks = this.#named ? this.#names : [...this.#looks.values()].flatMap(stepsOf).map(({ effect }) => effect.name);
    return new DestroyedError(`the pipeline of ${looks.join(', ')} was destroyed, by itself or with its studio; make a new one`);
  }
}

function isRecordOfTargets(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('getContext' in value) && !('createView' in value) && !('view' in value);
}

/** Whether source or target differ from the frame before in anything their uniforms follow. */
function hasChanged(watch: ChangeWatch, names: readonly string[], inputs: readonly ResolvedInput[], targets: readonly (MeasuredTarget & { readonly name: string })[], fit: Fit): boolean {
  watch.begin();
  watch.note(FITS.indexOf(fit));
  for (let i = 0; i < inputs.length; i++) {
    const { measured, placement } = inputs[i] as ResolvedInput;
    watch.note(measured.width);
    watch.note(measured.height);
    watch.note(Number(measured.linear));
    notePlacement(watch, placement);
  }
  for (let i = 0; i < targets.length; i++) {
    const { width, height, premultiply, name } = targets[i] as MeasuredTarget & { readonly name: string };
    watch.note(width);
    watch.note(height);
    watch.note(Number(premultiply));
    watch.note(names.indexOf(name));
  }
  return watch.end();
}

function formatsOf(targets: readonly MeasuredTarget[]): GPUTextureFormat[] {
  const formats: GPUTextureFormat[] = [];
  for (const { format } of targets) if (!formats.includes(format)) formats.push(format);
  return formats;
}

function frameOf({ measured }: ResolvedInput, placement: Placement): Frame {
  const { width, height } = workingSize(measured, placement);
  return { width, height, origin: NOMINAL_FRAME.origin, scale: placement.scale ?? 1 };
}
