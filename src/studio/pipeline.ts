import { emptyHold, type CompiledPlan, type RunHold } from '../core/compiledPlan.ts';
import type { DeviceTraits } from '../core/deviceTraits.ts';
import { makeDisposable } from '../core/disposal.ts';
import type { AnyStep, Look } from '../core/effect.ts';
import type { Engine } from '../core/engine.ts';
import { DestroyedError, InputError } from '../core/errors.ts';
import type { Frame } from '../core/frameGraph.ts';
import { stepsOf } from '../core/look.ts';
import type { Plan } from '../core/plan.ts';
import type { Codec, EncodeOptions } from '../io/codec.ts';
import { closeGiven } from '../io/closeGiven.ts';
import type { InputLimits } from '../io/inputLimits.ts';
import type { Pixels } from '../io/pixels.ts';
import { createPixelMap, type Fit, type Placement } from '../io/placement.ts';
import type { AsyncSource, Source } from '../io/source.ts';
import { measureTarget, viewOf, type MeasuredTarget, type Target } from '../io/target.ts';
import { checkSignal } from '../core/abort.ts';
import type { DeviceKeeper } from './deviceKeeper.ts';
import { FittingSize } from './fitBudget.ts';
import { boundNames, frameInputs, frameOf, NOMINAL_FRAME, uploadBytes, uploadInputs, writeFrameUniforms, type FrameInput, type Upsampling } from './frame.ts';
import { Live, type AttachOptions, type LivePainter } from './live.ts';
import type { LiveSource } from './liveFrames.ts';
import { endLife, type Estate } from './lifetime.ts';
import type { PaintedStream, StreamOptions } from './paintedStream.ts';
import { PendingCalls } from './pendingCalls.ts';
import { compiledPlan, PlanShelf, type PlanRecorder } from './planShelf.ts';
import type { PassTime } from './profile.ts';
import { READ_FORMAT } from './outputReader.ts';
import { longestSide, readPicture, type PictureReader } from './readPicture.ts';
import { ALONE, recordLooks } from './recordLooks.ts';
import { replaceStep } from './replaceStep.ts';
import type { KeptResult, ResultCache } from './resultCache.ts';

/** What a pipeline shares with its studio. */
export interface StudioParts {
  readonly keeper: DeviceKeeper;
  readonly codec: Codec;
  readonly limits: InputLimits;
  readonly cache: ResultCache | undefined;
  painted(): void;
  /** Takes in a new pipeline, named by its looks; `giveBack` ends what it owns and must not reach the pipeline itself. */
  adopt(pipeline: Pipeline<string>, label: string, giveBack: () => void): Estate;
}

/** How one frame is painted. */
export interface RenderOptions extends Placement {
  /**
   * How the picture meets a target of another shape; `'contain'` by default. `'budget'` is as that, and where the picture needs more memory than there is, it is painted smaller instead of being
   * refused: lengths in px shrink with it, so it looks the same but for its details.
   */
  readonly fit?: Fit | 'budget';
  /**
   * How what was painted at a `scale` below 1 comes to its full size: `'smooth'` interpolates, which is the default of `render`; `'edges'` enlarges it along the edges of the source, which is the default of
   * `attach`. That takes two passes and 4 bytes a pixel at full size.
   */
  readonly upsample?: Upsampling;
  /** Pictures for the optional inputs of effects, by name, stretched over the source. */
  readonly inputs?: Readonly<Record<string, Source>>;
  /**
   * Closes each `VideoFrame` and `ImageBitmap` of the call, the source and those of `inputs`, once and whatever becomes of it: painted or not, refused, aborted, or answered by a cache. Else they stay yours to close, which
   * a decoder or camera waits for. Other sources have nothing to close.
   */
  readonly close?: boolean;
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
  /**
   * What becomes of a picture that needs more memory than there is and cannot be painted in tiles. `'budget'` paints it at the largest size that fits, as `scale` would: the result is smaller.
   * Left out, the call rejects with a `BudgetError`.
   */
  readonly fit?: 'budget';
  /**
   * Closes each `VideoFrame` and `ImageBitmap` of the call, the source and those of `inputs`, once and whatever becomes of it: painted or not, refused, aborted, or answered by a cache. Else they stay yours to close, which
   * a decoder or camera waits for. Other sources have nothing to close.
   */
  readonly close?: boolean;
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

interface ResolvedTarget extends MeasuredTarget {
  readonly name: string;
  readonly place: Target;
}

/** The plans on the device that was last used. Apart from the pipeline, because they are given back where it is dropped. */
interface Plans {
  shelf: PlanShelf;
}

/** Long sides of the pictures that `ready` compiles for: thumbnails, webcams, screens. */
const READY_SIZES = [1024, 640, 320, 1920] as const;

/**
 * One or several looks, ready to paint any number of frames.
 * Owns: its plans with their bind groups and history, its calls in progress, its copies. Borrows: the studio's engine, another one after a loss of the device.
 */
export class Pipeline<K extends string = never> {
  readonly #parts: StudioParts;
  readonly #looks: Map<string, Look>;
  readonly #named: boolean;
  readonly #names: readonly string[];
  readonly #map = createPixelMap();
  readonly #hold = emptyHold();
  readonly #fitting = new FittingSize();
  readonly #formats: readonly GPUTextureFormat[];
  readonly #plans: Plans;
  readonly #estate: Estate;
  #ready: { readonly shelf: PlanShelf; readonly compiled: Promise<void> } | undefined;
  readonly #calls = new PendingCalls();
  readonly #copies = new Set<Pipeline<K>>();
  readonly #lives = new Set<Live>();
  /** What it is a copy of. */
  #origin: Pipeline<K> | undefined;
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
    const canvasFormat = (globalThis.navigator as Navigator | undefined)?.gpu?.getPreferredCanvasFormat();
    this.#formats = canvasFormat === undefined ? [READ_FORMAT] : [READ_FORMAT, canvasFormat];
    this.#plans = { shelf: this.#makeShelf() };
    // Bound, because every closure of a constructor keeps what it constructs.
    this.#estate = parts.adopt(this as unknown as Pipeline<string>, Object.values(looks).flatMap(stepsOf).map(({ effect }) => effect.name).join(' + '), clearPlans.bind(undefined, this.#plans));
    // Begun before anybody asks, because it takes the longest.
    if (parts.keeper.recovering) return;
    try {
      // Whoever awaits `ready` sees a failure; whoever does not must not crash the page.
      this.#compileFor(NOMINAL_FRAME).catch(() => {});
    } catch (error) {
      endLife(this.#estate);
      throw error;
    }
  }

  /**
   * Resolves when the kernels are compiled: those for pictures of common sizes, as looks choose some of them by size. `render` draws nothing earlier and returns
   * `false`; on a picture unlike those sizes it may do so once or twice more. After a loss of the device it waits for the next one.
   */
  get ready(): Promise<void> {
    const shelf = this.#state === 'destroyed' ? this.#plans.shelf : this.#currentShelf();
    if (this.#ready?.shelf !== shelf) this.#ready = { shelf, compiled: this.#compileSizes() };
    const { compiled } = this.#ready;
    // What failed once may not fail again.
    compiled.catch(() => this.#ready?.compiled === compiled && (this.#ready = undefined));
    return compiled;
  }

  async #compileSizes(): Promise<void> {
    if (this.#state === 'destroyed') throw this.#destroyedError();
    await this.#parts.keeper.usable();
    for (const long of READY_SIZES) await this.#compileFor({ ...NOMINAL_FRAME, width: long, height: Math.round(long * 0.75) });
  }

  #compileFor(frame: Frame): Promise<void> {
    return compiledPlan(this.#currentShelf().engine, this.#record(frame, [])).compile(this.#formats);
  }

  /** Of a canvas that can be painted, in pixels. @internal */
  get longestSide(): number {
    return this.#parts.keeper.generation.engine.longestSide;
  }

  #makeShelf(): PlanShelf {
    const { engine } = this.#parts.keeper.generation;
    return new PlanShelf(engine, recorderOf(this.#looks, engine.traits), this.#formats);
  }

  /** The plans on the device in use. */
  #currentShelf(): PlanShelf {
    if (this.#plans.shelf.engine !== this.#parts.keeper.generation.engine) {
      this.#plans.shelf.clear();
      this.#plans.shelf = this.#makeShelf();
    }
    return this.#plans.shelf;
  }

  #record(frame: Frame, bound: readonly string[]): Plan {
    return recordLooks(this.#looks, frame, bound, this.#parts.keeper.generation.engine.traits);
  }

  get #reader(): PictureReader {
    return { parts: this.#parts, looks: this.#looks, estate: this.#estate, shelf: () => this.#currentShelf() };
  }

  /**
   * Paints one frame now, without waiting. A canvas shows it when the task ends; to copy the canvas, do so in the same task.
   * @returns `true` when it was drawn; `false` on a target of no size, while a lost device is replaced, and while kernels are compiled: before
   * {@link Pipeline.ready}, and at the first frame on a texture of a format not drawn on before. Where a browser lets videos come to the GPU through memory only, which takes time, it is also `false` until the first
   * picture is there, and what is drawn is a little late.
   * @throws {@link InputError}, {@link BudgetError}, {@link OutOfMemoryError}, {@link GpuError}, {@link DestroyedError}, {@link DeviceLostError}
   */
  render(source: Source, target: Targets<K>, options: RenderOptions = {}): boolean {
    try {
      return this.#render(source, target, options);
    } finally {
      closeGiven(source, options);
    }
  }

  #render(source: Source, target: Targets<K>, options: RenderOptions): boolean {
    this.assertUsable();
    if (this.#parts.keeper.recovering) return false;
    const { engine } = this.#parts.keeper.generation;
    const hold = this.#hold;
    engine.assertMemory();
    engine.beginWork();
    this.#estate.trace?.begin(this.#estate);
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
      this.#estate.trace?.end();
      this.#endFrame(engine);
    }
  }

  /**
   * Paints each new frame of a source on a target from now on: of a video with its own callback for new frames, of a track or stream as they come, of anything else, as a canvas, with each frame of the display.
   * Painting begins when {@link Pipeline.ready} resolves. A pipeline can be attached several times; but a look that remembers, as of `stabilize`, remembers one picture of a size, so give each source a pipeline of its own.
   * @returns how it goes, and what stops it
   * @throws {@link InputError}, {@link ParameterError} for a target, source or option that can never be painted; what shows itself later rejects {@link Live.ended}
   * @throws {@link DestroyedError}, {@link DeviceLostError}
   *
   * @example
   * ```ts
   * const [track] = (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks() as [MediaStreamTrack];
   * const live = pipeline.attach(track, canvas, { mirror: true });
   * live.ended.catch((error) => console.error(error));
   * button.onclick = () => live.stop();
   * ```
   */
  attach(source: LiveSource, target: Targets<K>, options: AttachOptions = {}): Live {
    try {
      return this.#attach(source, target, options);
    } catch (error) {
      closeGiven(source, options);
      throw error;
    }
  }

  #attach(source: LiveSource, target: Targets<K>, options: AttachOptions): Live {
    this.assertUsable();
    // A canvas that has another context is told at once.
    if (!this.#parts.keeper.recovering) this.#resolveTargets(target);
    const targets = this.#named ? Object.values(target).filter((place) => place !== undefined) : [target as Target];
    return this.paintEach(source, targets, options, (frame, how) => this.render(frame, target, how));
  }

  /**
   * Paints a source as a stream from now on, for calls, for recording or for a video element: as {@link Pipeline.attach}. In Chrome the frames of a track or stream keep their times and go on while the page is hidden; else they come as the browser brings them to a page that can be seen.
   * In Chrome frames go through a `MediaStreamTrackGenerator`, in a worker of Safari through a `VideoTrackGenerator`, elsewhere through the capture of a canvas.
   * @returns what stops it; the stream ends with its source
   * @throws {@link UnsupportedError} where the browser has none of these; {@link InputError}, {@link ParameterError} as {@link Pipeline.attach}, and where this pipeline has several outputs
   * @throws {@link DestroyedError}, {@link DeviceLostError}
   *
   * @example
   * ```ts
   * const [track] = (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks();
   * const painted = await pipeline.toMediaStream(track!, { maxSize: 720 });
   * new RTCPeerConnection().addTrack(painted.track, painted.stream);
   * ```
   */
  async toMediaStream(source: LiveSource, options: StreamOptions = {}): Promise<PaintedStream> {
    this.assertUsable();
    if (this.#named) throw new InputError(`this pipeline has several outputs (${this.#names.join(', ')}), and a stream shows one; make a pipeline of that look alone`);
    const { openPaintedStream } = await import('./paintedStream.ts');
    return openPaintedStream({ paintEach: (from, how, render) => this.paintEach(from, [], how, render), render: (frame, canvas, how) => this.render(frame, canvas as Targets<K>, how) }, source, options);
  }

  /**
   * Has `render` paint each new frame.
   * @param targets - where it paints what somebody looks at
   * @internal
   */
  paintEach(source: LiveSource, targets: readonly Target[], options: AttachOptions, render: LivePainter['render']): Live {
    this.assertUsable();
    const { keeper } = this.#parts;
    const painter: LivePainter = {
      ready: this.ready,
      get longestSide() {
        return keeper.generation.engine.longestSide;
      },
      render,
      gpuDone: () => keeper.generation.engine.device.done(),
      left: (live) => {
        this.#lives.delete(live);
        keeper.restored.delete(again);
      },
    };
    const live = new Live(painter, source, targets, options);
    const again = (): void => live.again();
    this.#lives.add(live);
    keeper.restored.add(again);
    return live;
  }

  /**
   * Records one frame on an encoder of yours, made by the device that was lent to {@link Studio.create}. Submit it in the same task.
   * @returns `undefined` where {@link Pipeline.render} would return `false`.
   * @throws as {@link Pipeline.render}
   */
  encode(encoder: GPUCommandEncoder, { source, target, ...options }: { readonly source: Source; readonly target: Targets<K> } & RenderOptions): Recorded | undefined {
    let recorded: Recorded | undefined;
    try {
      recorded = this.#encode(encoder, source, target, options);
    } finally {
      if (recorded === undefined) closeGiven(source, options);
    }
    return recorded;
  }

  #encode(encoder: GPUCommandEncoder, source: Source, target: Targets<K>, options: RenderOptions): Recorded | undefined {
    this.assertUsable();
    if (this.#parts.keeper.recovering) return undefined;
    const { engine } = this.#parts.keeper.generation;
    const hold = emptyHold();
    let drawn = false;
    engine.assertMemory();
    engine.beginWork();
    this.#estate.trace?.begin(this.#estate);
    try {
      drawn = this.#paint(encoder, source, target, options, hold) !== undefined;
    } finally {
      if (!drawn) engine.release(hold);
      this.#estate.trace?.end();
      this.#endFrame(engine);
    }
    if (!drawn) return undefined;
    this.#parts.painted();
    // What is sampled where it lies must be open until it is submitted.
    return engine.pin(hold, () => closeGiven(source, options));
  }

  /** What the GPU refused of a frame is told when it is known: memory by the next frames, anything else by an event. */
  #endFrame(engine: Engine): void {
    void engine.endFrameWork()?.then((fault) => fault?.kind === 'validation' && this.#parts.keeper.tellRefusal(fault));
  }

  /** Records everything; gives the plan it used, or undefined where nothing can be drawn yet. */
  #paint(encoder: GPUCommandEncoder, source: Source, target: Targets<K>, options: RenderOptions, hold: RunHold): CompiledPlan | undefined {
    const { engine, canvases, lent, videos } = this.#parts.keeper.generation;
    const given = frameInputs(this.#looks, source, options, options.inputs, longestSide(this.#parts), videos);
    const targets = this.#resolveTargets(target);
    if (targets.length === 0) return undefined;
    const shelf = this.#currentShelf();
    const inputs = options.fit === 'budget' ? this.#fitting.fit(given, shelf, formatsOf(targets), (smaller) => this.#record(frameOf(smaller), boundNames(smaller))) : given;
    const frame = frameOf(inputs);
    const compiled = shelf.readyPlan(frame, boundNames(inputs), formatsOf(targets));
    if (compiled === undefined) return undefined;
    assertRoom(engine, compiled, frame, inputs);
    const externals = uploadInputs(this.#parts.keeper.generation, inputs, frame, hold, this);
    if (externals === undefined) return undefined;
    writeFrameUniforms(compiled, this.#names, frame, inputs, externals, targets, options.fit === undefined || options.fit === 'budget' ? 'contain' : options.fit, this.#map);
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
   * Paints a picture into memory: RGBA, straight alpha, sRGB. Where it needs more memory than there is, or is larger than a texture can be, it is painted in tiles, if each effect has a halo, and
   * else as `fit` says. Tiles are joined without a seam: pixels differ by at most a level of 255 from those painted at once. History starts from none, so equal input gives an equal picture.
   * While a lost device is replaced it waits. Calls can overlap; each gives its own picture, and those that do not fit together wait for each other.
   * @throws {@link DecodeError}, {@link InputTooLargeError}, and as {@link Pipeline.render}; the reason of `signal`
   */
  async read(source: AsyncSource, options: ReadOptions = {}): Promise<Outputs<K, Pixels>> {
    const from = this.#estate.trace?.calledFrom();
    try {
      const pictures = await this.#result('read', source, options, (signal) => readPicture(this.#reader, source, options, { signal, from }));
      return (this.#named ? pictures : pictures[ALONE]) as Outputs<K, Pixels>;
    } finally {
      closeGiven(source, options);
    }
  }

  /**
   * Paints a picture and encodes it.
   * @throws as {@link Pipeline.read}
   */
  async toBlob(source: AsyncSource, options: ReadOptions & EncodeOptions = {}): Promise<Outputs<K, Blob>> {
    const from = this.#estate.trace?.calledFrom();
    try {
      const blobs = await this.#result('toBlob', source, options, async (signal) => {
        const encoded: Record<string, Blob> = {};
        for (const [name, pixels] of Object.entries(await readPicture(this.#reader, source, options, { signal, from }))) {
          signal.throwIfAborted();
          encoded[name] = await this.#parts.codec.encode(pixels, options);
        }
        return encoded;
      });
      return (this.#named ? blobs : blobs[ALONE]) as Outputs<K, Blob>;
    } finally {
      closeGiven(source, options);
    }
  }

  /**
   * Paints a picture as {@link Pipeline.read} does and tells how long each of its passes took on the GPU, in the order they ran. None may overlap another for that, so a frame takes no longer than their sum.
   * The first frame of a size also touches new memory: profile twice and take the second.
   * @throws {@link UnsupportedError} where the GPU device has no `timestamp-query`, and as {@link Pipeline.read}
   *
   * @example
   * ```ts
   * const times = await pipeline.profile(image);
   * const slowest = times.reduce((a, b) => (a.milliseconds > b.milliseconds ? a : b));
   * console.log(slowest.kernel, slowest.effect, slowest.milliseconds);
   * ```
   */
  async profile(source: AsyncSource, options: ReadOptions = {}): Promise<PassTime[]> {
    try {
      return await this.#profile(source, options);
    } finally {
      closeGiven(source, options);
    }
  }

  async #profile(source: AsyncSource, options: ReadOptions): Promise<PassTime[]> {
    this.assertUsable();
    checkSignal(options.signal, 'profile');
    const from = this.#estate.trace?.calledFrom();
    return this.#calls.run(async (signal) => {
      const { Profile } = await import('./profile.ts');
      const profile = new Profile(this.#parts.keeper.generation.engine.device);
      try {
        await readPicture(this.#reader, source, options, { signal, from, profile });
        return await profile.read();
      } finally {
        profile.destroy();
      }
    }, options.signal);
  }

  /** What `make` makes, or what the studio's cache has; until it is done, aborted, or destroyed with the pipeline. */
  async #result<T extends KeptResult>(kind: 'read' | 'toBlob', source: AsyncSource, options: ReadOptions, make: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.assertUsable();
    checkSignal(options.signal, kind);
    const { cache, limits, codec } = this.#parts;
    // A call of its own below the cache too: others may wait for it when the one that began it has given up.
    const paint = (signal: AbortSignal | undefined): Promise<T> => this.#calls.run(make, signal);
    if (cache === undefined) return paint(options.signal);
    return this.#calls.run((signal) => cache.resultOf({ kind, source, options: { ...options, signal }, looks: this.#looks, limits, codec }, paint), options.signal);
  }

  /**
   * Changes parameters of one step; the next frame shows it.
   * @param step - the effect's name, `'output.name'` where several outputs have it, or its index counted through all outputs, those that a combinator combines before itself
   * @throws {@link ParameterError} for an unknown or ambiguous step, or parameters that do not fit.
   */
  set(step: string | number, params: Readonly<Record<string, unknown>>): void {
    this.assertUsable();
    replaceStep(this.#looks, step, (old: AnyStep) => old.effect.step({ ...old, params: { ...old.params, ...params } }));
    this.#currentShelf().outdate();
    this.#fitting.forget();
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
    const copy = new Pipeline<K>(this.#parts, Object.fromEntries(this.#looks), this.#named);
    copy.#origin = this;
    this.#copies.add(copy);
    return copy;
  }

  /** Destroys pooled memory of the studio that nobody uses, or only what was last used before a time of `performance.now()`. @internal */
  trim(before?: number): void {
    this.#parts.keeper.generation.engine.trim(before);
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
    for (const live of this.#lives) live.end(this.#destroyedError());
    if (this.#origin !== undefined) this.#origin.#copies.delete(this);
    this.#calls.stop(this.#destroyedError());
    endLife(this.#estate);
  }

  /** As {@link Pipeline.destroy}, for `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /** For `await using`: refuses further calls, waits for those in progress, then destroys. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  /** What `await using` does. @internal */
  async finish(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    // Else they would go on for ever.
    for (const live of this.#lives) live.stop();
    await Promise.all([this.#calls.settled(), ...[...this.#copies].map((copy) => copy.finish())]);
    this.destroy();
  }

  /** @internal */
  assertUsable(): void {
    if (this.#state !== 'open') throw this.#destroyedError();
    this.#parts.keeper.assertUsable();
  }

  #destroyedError(): DestroyedError {
    const looks = this.#named ? this.#names : [...this.#looks.values()].flatMap(stepsOf).map(({ effect }) => effect.name);
    return new DestroyedError(`the pipeline of ${looks.join(', ')} was destroyed, by itself or with its studio; make a new one`);
  }
}

/** As a function of its own it keeps the looks, but not the pipeline. */
function recorderOf(looks: ReadonlyMap<string, Look>, traits: DeviceTraits): PlanRecorder {
  return (frame, bound) => recordLooks(looks, frame, bound, traits);
}

function clearPlans(plans: Plans): void {
  plans.shelf.clear();
}

/** Refuses before anything is allocated. */
function assertRoom(engine: Engine, compiled: CompiledPlan, frame: Frame, inputs: readonly FrameInput[]): void {
  engine.assertRoom(compiled.plan, compiled.bytesToLease + uploadBytes(inputs, frame), `painting ${frame.width}x${frame.height}`);
}

/** History that was recorded for a frame that never ran would show what nobody painted. */
function submit(engine: Engine, encoder: GPUCommandEncoder, compiled: CompiledPlan): void {
  try {
    engine.device.submit(engine.device.finish(encoder));
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
