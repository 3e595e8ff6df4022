import { ChangeWatch } from './changeWatch.ts';
import type { BakedTexture } from './bakedTextures.ts';
import type { BufferLease, PooledBuffer } from './bufferPool.ts';
import { canClear, clearTexture, compileClear } from './clearTexture.ts';
import { refused } from './device.ts';
import type { Engine } from './engine.ts';
import type { PassTimer } from './passTimer.ts';
import { DestroyedError } from './errors.ts';
import { HistoryTextures } from './historyTextures.ts';
import { kernelKey, type ComputeKernel, type RenderKernel } from './kernelCache.ts';
import { GRAPH_BUFFER_USAGE, servesAny, type ComputeStep, type Place, type Plan, type PresentStep, type TexturePlace } from './plan.ts';
import { freshId } from './pool.ts';
import type { ShaderModule } from './shaderModule.ts';
import type { PooledTexture, TextureLease } from './texturePool.ts';
import type { UniformSlice } from './uniformRing.ts';
import { writeFields, type UniformValues } from './uniforms.ts';

/** A view that a frame draws one of its results on. */
export interface PresentTarget {
  /** The result's name. */
  readonly name: string;
  readonly view: GPUTextureView;
  readonly format: GPUTextureFormat;
}

/** A video frame that kernels sample where it lies. WebGPU lets it live for one task, so it is imported and submitted in that, and kept nowhere. */
export interface ImportedVideo {
  readonly id: typeof VIDEO_ID;
  /** None of ours. */
  readonly bytes: 0;
  readonly external: GPUExternalTexture;
}

/** A picture that comes from outside of the plan. */
export interface ExternalTexture {
  readonly name: string;
  readonly texture: PooledTexture | ImportedVideo;
}

/** What one run of a plan is bound to: a few of each, so lists serve better than maps. */
export interface RunInputs {
  readonly externals: readonly ExternalTexture[];
  /** Where each named result goes; what only a result without a target needs is not computed. */
  readonly targets: readonly PresentTarget[];
  /** `advance`: history textures go on from the last such run. `none`: this run starts from none and leaves none. */
  readonly history: 'advance' | 'none';
  /** Times each step, in a pass of its own. */
  readonly timer?: PassTimer | undefined;
}

/** Told the work of the pass that comes next, gives the encoder it is recorded on where that is another one. */
export type CommandSplit = (work: number) => GPUCommandEncoder | undefined;

/** What a run holds until its encoder is submitted. */
export interface RunHold {
  readonly textures: TextureLease[];
  readonly buffers: BufferLease[];
  readonly painted: BakedTexture[];
  uniforms: UniformSlice | undefined;
}

/** For some shaders a cheaper one with the same bindings and uniforms, which gives the same in the runs that choose it. */
export type StandIns = ReadonlyMap<ShaderModule, ShaderModule>;

/** Bind groups made for one set of textures. The same plan lands on the same textures nearly always. */
interface BindingSet {
  readonly ids: Float64Array;
  readonly groups: (GPUBindGroup | undefined)[];
}

const BINDING_SETS_KEPT = 4;
const DYNAMIC_OFFSETS = 1;

/**
 * A plan with its kernels, bind groups and kept textures.
 * Owns: bind groups, history textures, a share in baked ones. Borrows: the engine; leases of a run are handed to the caller.
 */
export class CompiledPlan {
  readonly plan: Plan;
  /** What the uniforms that follow source and target were last written for. */
  readonly frameWatch: ChangeWatch = new ChangeWatch();
  readonly #engine: Engine;
  /** What shows a result: the shader and its stand-in. */
  readonly #presentShaders: readonly ShaderModule[];
  readonly #standIns: StandIns;
  /** What runs each step: its own shader or the stand-in. */
  readonly #shaders: ShaderModule[];
  /** The kernels of the compute steps among them. */
  readonly #kernels: string[];
  readonly #bound: (PooledTexture | PooledBuffer | ImportedVideo | undefined)[];
  readonly #ids: Float64Array;
  readonly #offset = new Uint32Array(DYNAMIC_OFFSETS);
  readonly #baked: (BakedTexture | undefined)[] = [];
  readonly #history: HistoryTextures;
  readonly #uniformBytes: Uint8Array<ArrayBuffer>;
  readonly #uniformView: DataView<ArrayBuffer>;
  #sets: BindingSet[] = [];
  #complete = false;
  #pins = 0;
  #destroyed = false;

  constructor(engine: Engine, plan: Plan, presentShader: ShaderModule, standIns: StandIns) {
    this.plan = plan;
    this.#engine = engine;
    this.#standIns = standIns;
    this.#presentShaders = this.#withStandIn(presentShader);
    this.#shaders = plan.steps.map((step) => (step.kind === 'compute' ? step.shader : presentShader));
    this.#kernels = plan.steps.map((step) => (step.kind === 'compute' ? step.kernel : ''));
    this.#uniformBytes = plan.uniforms;
    this.#uniformView = new DataView(plan.uniforms.buffer);
    this.#bound = plan.places.map(() => undefined);
    // One more for the uniform ring, which bind groups name as well.
    this.#ids = new Float64Array(plan.places.length + 1);
    this.#history = new HistoryTextures(engine, plan);
  }

  /** Keeps what runs share until {@link unpin}, for a run that is not submitted in the task that found the plan; such a plan can run although it was destroyed. */
  pin(): this {
    this.#pins++;
    return this;
  }

  unpin(): void {
    this.#pins--;
    if (this.#destroyed) this.#letGo();
  }

  /** Bytes a run will lease; baked and history textures that are already there count no more. */
  get bytesToLease(): number {
    const baked = this.#baked.reduce((sum, kept) => sum + (kept?.lease.resource.bytes ?? 0), 0);
    return this.plan.bytes - baked - this.#history.keptBytes;
  }

  /** Writes the uniforms of the step at `index`, which follow source or target, and says what runs it from now on: its shader or the stand-in. */
  follow(index: number, shader: ShaderModule, values: UniformValues): void {
    const step = this.plan.steps[index] as ComputeStep | PresentStep;
    if (step.kind === 'compute' && this.#shaders[index] !== shader) this.#kernels[index] = kernelKey(shader, step.constants);
    this.#shaders[index] = shader;
    writeFields(shader, values, this.#uniformView, step.uniformOffset);
  }

  /** Takes over the uniform values of a plan with the same signature. */
  adopt(plan: Plan): void {
    this.#uniformBytes.set(plan.uniforms);
    this.frameWatch.reset();
  }

  /** Whether every kernel is compiled, for targets of these formats. */
  isReady(formats: readonly GPUTextureFormat[]): boolean {
    const { kernels } = this.#engine;
    return this.#hasKernels() && formats.every((format) => this.#presentShaders.every((shader) => kernels.render(shader, format) !== undefined)) && this.#history.isReady() && this.#poisoned().every((place) => canClear(this.#engine, place, 'poison'));
  }

  #hasKernels(): boolean {
    const { kernels } = this.#engine;
    this.#complete ||= this.plan.steps.every((step) => step.kind !== 'compute' || this.#withStandIn(step.shader).every((shader) => kernels.compute(kernelKey(shader, step.constants)) !== undefined));
    return this.#complete;
  }

  /** A frame may choose either, so both are compiled before the first. */
  #withStandIn(shader: ShaderModule): ShaderModule[] {
    const standIn = this.#standIns.get(shader);
    return standIn === undefined ? [shader] : [shader, standIn];
  }

  /** Compiles what is missing, all in parallel. */
  async compile(formats: readonly GPUTextureFormat[]): Promise<void> {
    const { kernels } = this.#engine;
    const computes = this.plan.steps.filter((step) => step.kind === 'compute').flatMap((step) => this.#withStandIn(step.shader).map((shader) => kernels.compileCompute(shader, step.constants)));
    const presents = formats.flatMap((format) => this.#presentShaders.map((shader) => kernels.compileRender(shader, format)));
    await Promise.all([...computes, ...presents, this.#history.compile(), ...this.#poisoned().map((place) => compileClear(this.#engine, place, 'poison'))]);
  }

  /** The textures that are filled with poison before each run, in studios that look for passes that read what nobody wrote. */
  #poisoned(): TexturePlace[] {
    return this.#engine.poison ? this.plan.places.filter((place) => place.kind === 'texture' && isLeasedByRun(place)) as TexturePlace[] : [];
  }

  /**
   * Records the whole plan. Everything it leases is added to `hold`; on an error too, so the caller can give it back. `split` is told the work of each pass before that is recorded, and may give
   * another encoder to go on with.
   */
  run(encoder: GPUCommandEncoder, inputs: RunInputs, hold: RunHold, split?: CommandSplit): void {
    if (this.#destroyed && this.#pins === 0) throw new DestroyedError('this pipeline was destroyed; make a new one');
    try {
      this.#record(encoder, inputs, hold, split);
    } catch (cause) {
      this.forgetHistory();
      throw refused('to record a frame', cause);
    } finally {
      this.#dropVideos();
    }
  }

  /** An imported video would keep its frame from the decoder. */
  #dropVideos(): void {
    for (let i = 0; i < this.#bound.length; i++) if (this.#ids[i] === VIDEO_ID) this.#bound[i] = undefined;
  }

  /** Makes the next frame begin as the first one: what was recorded for this one never ran. */
  forgetHistory(): void {
    if (this.#engine.device.alive) this.#history.destroy();
  }

  #record(first: GPUCommandEncoder, inputs: RunInputs, hold: RunHold, split: CommandSplit | undefined): void {
    this.#bindPlaces(first, inputs, hold);
    const base = this.#writeUniforms(hold);
    const set = this.#bindingSet();
    let encoder = first;
    let pass: GPUComputePassEncoder | undefined;
    for (let i = 0; i < this.plan.steps.length; i++) {
      const step = this.plan.steps[i] as ComputeStep | PresentStep;
      if (!this.#isWanted(step, inputs, hold)) continue;
      this.#offset[0] = base + step.uniformOffset;
      const next = split?.(step.work);
      if (step.kind === 'present' || next !== undefined) {
        pass?.end();
        pass = undefined;
      }
      encoder = next ?? encoder;
      if (step.kind === 'present') this.#present(encoder, step, named(inputs.targets, step.target) as PresentTarget, set, i, inputs.timer);
      else this.#dispatch((pass ??= encoder.beginComputePass(inputs.timer?.describe(i))), step, set, i);
      // Times are those of whole passes.
      if (inputs.timer === undefined) continue;
      pass?.end();
      pass = undefined;
    }
    pass?.end();
    if (inputs.history === 'advance') this.#history.advance(inputs.targets);
  }

  #isWanted(step: ComputeStep | PresentStep, inputs: RunInputs, hold: RunHold): boolean {
    if (step.kind === 'present') return named(inputs.targets, step.target) !== undefined;
    return servesAny(step, inputs.targets) && (step.makes === undefined || this.#mustMake(step.makes, inputs, hold));
  }

  #bindPlaces(encoder: GPUCommandEncoder, inputs: RunInputs, hold: RunHold): void {
    const { places } = this.plan;
    const { trace } = this.#engine.account;
    trace?.within(`plan ${this.plan.size.width}x${this.plan.size.height}`);
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as Plan['places'][number];
      trace?.at(`slot ${i}`);
      const resource = place.kind === 'buffer' ? this.#leaseBuffer(place.bytes, place.keyText, hold) : this.#bindTexture(place, i, inputs, hold);
      if (this.#engine.poison && !isVideo(resource)) this.#poison(encoder, place, resource);
      if (place.kind === 'buffer' && place.clear) encoder.clearBuffer((resource as PooledBuffer).buffer, 0, Math.ceil(place.bytes / 4) * 4);
      this.#bound[i] = resource;
      this.#ids[i] = resource.id;
    }
    this.#history.bind(encoder, inputs.history, hold, (place, texture) => {
      this.#bound[place] = texture;
      this.#ids[place] = texture.id;
    });
    trace?.at('');
  }

  #leaseBuffer(bytes: number, keyText: string, hold: RunHold): PooledBuffer {
    const lease = this.#engine.buffers.acquire({ bytes, usage: GRAPH_BUFFER_USAGE }, 'slots', keyText);
    hold.buffers.push(lease);
    return lease.resource;
  }

  #bindTexture(place: TexturePlace, index: number, inputs: RunInputs, hold: RunHold): PooledTexture | ImportedVideo {
    if (place.lifetime === 'external') return (named(inputs.externals, place.name) as ExternalTexture).texture;
    if (place.lifetime === 'baked') return (this.#baked[index] ??= this.#engine.baked.use(place.name, place.key)).lease.resource;
    if (!isLeasedByRun(place)) return NO_TEXTURE;
    const lease = this.#engine.textures.acquire(place.key, place.lifetime === 'source' ? 'source' : 'slots', place.keyText);
    hold.textures.push(lease);
    return lease.resource;
  }

  #poison(encoder: GPUCommandEncoder, place: Place, resource: PooledTexture | PooledBuffer): void {
    if ('buffer' in resource) this.#engine.device.writeBuffer(resource.buffer, 0, new Uint8Array(resource.bytes).fill(POISON_BYTE));
    else if (place.kind === 'texture' && isLeasedByRun(place)) clearTexture(this.#engine, encoder, place, resource, 'poison');
  }

  #writeUniforms(hold: RunHold): number {
    if (this.#uniformBytes.byteLength === 0) return 0;
    const { ring } = this.#engine;
    const offset = ring.write(this.#uniformBytes);
    this.#ids[this.plan.places.length] = ring.id;
    hold.uniforms = { ring: ring.id, offset, bytes: this.#uniformBytes.byteLength };
    return offset;
  }

  #mustMake(place: number, { history }: RunInputs, hold: RunHold): boolean {
    if (this.plan.places[place]?.lifetime === 'history-previous') return history === 'none' || !this.#history.begun.has(place);
    const baked = this.#baked[place];
    if (baked === undefined || baked.painted) return false;
    if (!hold.painted.includes(baked)) hold.painted.push(baked);
    return true;
  }

  #dispatch(pass: GPUComputePassEncoder, step: ComputeStep, set: BindingSet, index: number): void {
    const kernel = this.#engine.kernels.compute(this.#kernels[index] as string) as ComputeKernel;
    const group = this.#samplesVideo(step) ? this.#makeFrameGroup(kernel, step.bound) : (set.groups[index] ??= this.#makeGroup(kernel.layout, step.shader, step.bound));
    pass.setPipeline(kernel.pipeline);
    if (step.shader.uniforms === undefined) pass.setBindGroup(0, group);
    else pass.setBindGroup(0, group, this.#offset, 0, DYNAMIC_OFFSETS);
    pass.dispatchWorkgroups(step.workgroups[0], step.workgroups[1]);
    this.#engine.account.trace?.pass(kernel.shader.label, this.#bytesOf(step.bound));
  }

  #present(encoder: GPUCommandEncoder, step: PresentStep, target: PresentTarget, set: BindingSet, index: number, timer: PassTimer | undefined): void {
    const kernel = this.#engine.kernels.render(this.#shaders[index] as ShaderModule, target.format) as RenderKernel;
    const group = (set.groups[index] ??= this.#makeGroup(kernel.layout, kernel.shader, [-1, step.color, step.alpha]));
    const pass = encoder.beginRenderPass({ colorAttachments: [{ view: target.view, loadOp: 'clear', storeOp: 'store' }], ...timer?.describe(index) });
    pass.setPipeline(kernel.pipeline);
    pass.setBindGroup(0, group, this.#offset, 0, DYNAMIC_OFFSETS);
    pass.draw(3);
    pass.end();
    this.#engine.account.trace?.pass(kernel.shader.label, this.#bytesOf([step.color, step.alpha]));
  }

  #bytesOf(places: readonly number[]): number {
    return [...new Set(places)].reduce((sum, place) => sum + (this.#bound[place]?.bytes ?? 0), 0);
  }

  #makeGroup(layout: GPUBindGroupLayout, shader: ShaderModule, bound: readonly number[]): GPUBindGroup {
    const group = this.#engine.device.createBindGroup({ label: shader.label, layout, entries: this.#entriesOf(shader, bound) });
    this.#engine.account.trace?.made('bind group', group, shader.label);
    return group;
  }

  #samplesVideo({ bound }: ComputeStep): boolean {
    for (let i = 0; i < bound.length; i++) if (this.#ids[bound[i] as number] === VIDEO_ID) return true;
    return false;
  }

  /** An imported video is another one in each frame, and so is what binds it. */
  #makeFrameGroup({ layout, shader }: ComputeKernel, bound: readonly number[]): GPUBindGroup {
    return this.#engine.device.createFrameBindGroup({ label: shader.label, layout, entries: this.#entriesOf(shader, bound) });
  }

  #entriesOf(shader: ShaderModule, bound: readonly number[]): GPUBindGroupEntry[] {
    return shader.bindings.map((binding, i): GPUBindGroupEntry => {
      if (binding.kind === 'uniform') return { binding: binding.binding, resource: { buffer: this.#engine.ring.buffer, size: binding.size } };
      if (binding.kind === 'sampler') return { binding: binding.binding, resource: this.#engine.kernels.sampler };
      const resource = this.#bound[bound[i] as number] as PooledTexture | PooledBuffer | ImportedVideo;
      return { binding: binding.binding, resource: 'view' in resource ? resource.view : isVideo(resource) ? resource.external : { buffer: resource.buffer } };
    });
  }

  /** The bind groups for the textures of this run; a set whose textures are gone is dropped. */
  #bindingSet(): BindingSet {
    for (let i = 0; i < this.#sets.length; i++) if (sameIds((this.#sets[i] as BindingSet).ids, this.#ids)) return this.#sets[i] as BindingSet;
    const stale = this.#sets.length >= BINDING_SETS_KEPT ? this.#sets.shift() : undefined;
    if (stale !== undefined) this.#forget(stale);
    const set = { ids: this.#ids.slice(), groups: this.plan.steps.map(() => undefined) };
    this.#sets.push(set);
    return set;
  }

  #forget(set: BindingSet): void {
    const groups = set.groups.filter((group) => group !== undefined);
    this.#engine.device.forget(groups.length);
    for (const group of groups) this.#engine.account.trace?.ended(group);
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#letGo();
  }

  #letGo(): void {
    for (const set of this.#sets) this.#forget(set);
    this.#sets = [];
    this.forgetHistory();
    if (this.#pins > 0 || !this.#engine.device.alive) return;
    this.#baked.forEach((baked) => {
      if (baked !== undefined) this.#engine.baked.leave(baked);
    });
    this.#baked.length = 0;
    this.#engine.watchIdle();
  }
}

/** Of a float not-a-number, of an integer the largest. */
const POISON_BYTE = 0xff;

/** Whether a run takes the texture from the pool and gives it back. */
function isLeasedByRun({ lifetime }: TexturePlace): boolean {
  return lifetime === 'transient' || lifetime === 'source';
}

/** Instead of the id of a texture: which video frame it is does not matter to what is kept between frames. */
const VIDEO_ID = -1;

/** A video frame in the form plans bind. */
export function importedVideo(external: GPUExternalTexture): ImportedVideo {
  return { id: VIDEO_ID, bytes: 0, external };
}

function isVideo(resource: PooledTexture | PooledBuffer | ImportedVideo): resource is ImportedVideo {
  return resource.id === VIDEO_ID;
}

/** Stands in a history place until the history binds its own. */
const NO_TEXTURE = { id: 0 } as PooledTexture;

function sameIds(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The item of that name. */
export function named<T extends { readonly name: string }>(items: readonly T[], name: string): T | undefined {
  for (let i = 0; i < items.length; i++) if (items[i]?.name === name) return items[i];
  return undefined;
}

/** An empty hold. */
export function emptyHold(): RunHold {
  return { textures: [], buffers: [], painted: [], uniforms: undefined };
}

/** A caller's texture in the form plans bind. */
export function borrowedTexture(texture: GPUTexture, view: GPUTextureView): PooledTexture {
  return { id: freshId(), label: texture.label, bytes: 0, texture, view };
}
