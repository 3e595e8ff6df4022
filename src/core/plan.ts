import { ParameterError } from './errors.ts';
import { bufferBytes, bufferKey } from './bufferPool.ts';
import type { BufferResource, ComputePass, Pass, Recording, Resource, Size, TextureResource } from './frameGraph.ts';
import { kernelKey, type KernelConstants } from './kernelCache.ts';
import type { ShaderModule, StorageFormat } from './shaderModule.ts';
import { textureBytes, textureKey, type TextureKey } from './texturePool.ts';
import { UNIFORM_STEP } from './uniformRing.ts';

/** A texture or buffer that exists while the plan runs. Several resources whose lives do not overlap share one transient place. */
export type Place = TexturePlace | BufferPlace;

export interface TexturePlace {
  readonly kind: 'texture';
  readonly lifetime: TextureResource['lifetime'];
  readonly name: string;
  readonly key: TextureKey & { readonly format: StorageFormat };
  readonly keyText: string;
}

export interface BufferPlace {
  readonly kind: 'buffer';
  readonly lifetime: 'transient';
  readonly bytes: number;
  readonly clear: boolean;
  readonly keyText: string;
}

/** One dispatch of a plan. `bound` names the place of each binding, `-1` for the uniform and the sampler. `work`: what its time grows with, see {@link workOf}. */
export interface ComputeStep {
  readonly kind: 'compute';
  readonly shader: ShaderModule;
  readonly constants: KernelConstants;
  readonly kernel: string;
  readonly bound: readonly number[];
  readonly uniformOffset: number;
  readonly workgroups: readonly [number, number];
  /** The effect that recorded it, `''` where none did. */
  readonly effect: string;
  /** The place that this step helps to make, where it is left out once that is made. */
  readonly makes: number | undefined;
  readonly work: number;
  /** The targets its result ends on: it is left out of a run that shows none of them. */
  readonly serves: readonly string[];
}

/** One full-screen pass of a plan, onto the target of that name. */
export interface PresentStep {
  readonly kind: 'present';
  readonly color: number;
  readonly alpha: number;
  readonly target: string;
  readonly work: number;
  readonly uniformOffset: number;
}

export type Step = ComputeStep | PresentStep;

/** A recording, made ready to run: dead passes gone, identical ones merged, textures shared. It still holds nothing on the GPU. */
export interface Plan {
  readonly steps: readonly Step[];
  /** The working size it was made for. */
  readonly size: Size;
  readonly places: readonly Place[];
  /** Bytes the plan's places hold while it runs, without source, outputs, ring and staging. */
  readonly bytes: number;
  /** Bytes of its largest buffer, 0 without one. */
  readonly largestBuffer: number;
  /** The longest side of its textures, in texels. */
  readonly longestSide: number;
  /** The uniforms of all steps, each at its `uniformOffset`. */
  readonly uniforms: Uint8Array<ArrayBuffer>;
  /** Equal for two plans that differ in nothing but uniform values. */
  readonly signature: string;
}

// The numbers behind WebGPU's usage flags, because their globals need not exist where this module is only imported.
/** What a buffer of the graph can be used for. */
export const GRAPH_BUFFER_USAGE: GPUBufferUsageFlags = 0x80 | 0x08 | 0x04; // STORAGE | COPY_DST | COPY_SRC
/** What a texture of the graph can be used for: one usage for all, so that keys do not split. */
export const GRAPH_TEXTURE_USAGE: GPUTextureUsageFlags = 0x04 | 0x08 | 0x01; // TEXTURE_BINDING | STORAGE_BINDING | COPY_SRC

/** Turns a recording into a plan. `presentUniformBytes` is the size of the last pass's uniforms. */
export function makePlan(recording: Recording, presentUniformBytes: number): Plan {
  const passes = dropUnread(mergeIdentical(recording.passes, recording.resources), recording.resources);
  assertWritten(passes, recording.resources);
  const { placeOf, places } = assignPlaces(passes, recording.resources);
  const served = servedTargets(passes, recording.resources);
  const steps: Step[] = [];
  const chunks: Uint8Array[] = [];
  let uniformOffset = 0;
  for (const pass of passes) {
    const at = (resource: number): number => (resource < 0 ? -1 : (placeOf.get(resource) as number));
    const bytes = pass.kind === 'compute' ? pass.uniforms : new Uint8Array(presentUniformBytes);
    if (pass.kind === 'present') steps.push({ kind: 'present', color: at(pass.color), alpha: at(pass.alpha), target: pass.target, work: workOf(pass, recording.resources), uniformOffset });
    else {
      const { shader, constants, workgroups, effect, makes } = pass;
      const making = makes === undefined ? undefined : at(makes);
      steps.push({ kind: 'compute', shader, constants, kernel: kernelKey(shader, constants), bound: pass.bound.map(at), uniformOffset, workgroups, effect, makes: making, work: workOf(pass, recording.resources), serves: [...(served.get(pass) ?? [])] });
    }
    if (bytes === undefined) continue;
    const padded = new Uint8Array(Math.ceil(bytes.byteLength / UNIFORM_STEP) * UNIFORM_STEP);
    padded.set(bytes);
    chunks.push(padded);
    uniformOffset += padded.byteLength;
  }
  const uniforms = new Uint8Array(uniformOffset);
  let end = 0;
  for (const chunk of chunks) {
    uniforms.set(chunk, end);
    end += chunk.byteLength;
  }
  const largestBuffer = places.reduce((largest, place) => (place.kind === 'buffer' ? Math.max(largest, bufferBytes(place)) : largest), 0);
  const longestSide = places.reduce((longest, place) => (place.kind === 'texture' ? Math.max(longest, place.key.width, place.key.height) : longest), 0);
  return { steps, size: recording.frame, places, uniforms, largestBuffer, longestSide, bytes: places.reduce((sum, place) => sum + heldBytes(place), 0), signature: JSON.stringify([places, steps.map(signatureOf)]) };
}

function heldBytes(place: Place): number {
  if (place.kind === 'buffer') return bufferBytes(place);
  return place.lifetime === 'external' || place.lifetime === 'source' ? 0 : textureBytes(place.key);
}

/**
 * What the time of a pass grows with, in pixels: its invocations, or where these are fewer, as one for each line, the largest texture or buffer that it goes through.
 * Kernels are not told apart: a pass of many taps takes some ten times as long as one of few.
 */
function workOf(pass: Pass, resources: readonly Resource[]): number {
  const touched = pass.kind === 'present' ? [pass.color] : [...pass.reads, ...pass.writes];
  const largest = touched.reduce((most, resource) => Math.max(most, pixelsOf(resources[resource] as Resource)), 0);
  if (pass.kind === 'present') return largest;
  const { workgroups, shader: { workgroupSize } } = pass;
  return Math.max(largest, workgroups[0] * workgroups[1] * workgroupSize[0] * workgroupSize[1]);
}

function pixelsOf(resource: Resource): number {
  return resource.kind === 'buffer' ? resource.bytes / BYTES_OF_PIXEL : resource.width * resource.height;
}

const BYTES_OF_PIXEL = 8;

function signatureOf(step: Step): unknown {
  return step.kind === 'present' ? step : [step.kernel, step.bound, step.workgroups, step.makes];
}

/**
 * A pass that computes what an earlier one did, from the same inputs, gives way to it. Resources are compared by content, a number for what
 * they hold at that point, because a buffer holds one thing after the other.
 */
function mergeIdentical(passes: readonly Pass[], resources: readonly Resource[]): Pass[] {
  const standIns = findIdentical(passes, resources);
  const same = new Map<number, number>();
  const of = (resource: number): number => same.get(resource) ?? resource;
  const kept: Pass[] = [];
  for (const pass of passes) {
    const standIn = pass.kind === 'compute' ? standIns.get(pass) : undefined;
    if (pass.kind === 'present') kept.push({ ...pass, color: of(pass.color), alpha: of(pass.alpha) });
    else if (standIn === undefined) kept.push({ ...pass, reads: pass.reads.map(of), bound: pass.bound.map(of) });
    else pass.writes.forEach((written, i) => same.set(written, of(standIn.writes[i] as number)));
  }
  return kept;
}

/** One pass that reads or writes a resource, and what the resource holds after it. */
interface Touch {
  readonly pass: ComputePass;
  readonly content: string;
}

/** For each pass that can go, the one that stays in its place. */
function findIdentical(passes: readonly Pass[], resources: readonly Resource[]): Map<ComputePass, ComputePass> {
  const writers = writersOf(passes);
  // What a resource holds at this point: equal words for equal contents.
  const contents = resources.map((resource, i) => (resource.kind === 'buffer' ? `${resource.bytes} ${resource.clear}` : `${i}`));
  const touches = resources.map((): Touch[] => []);
  // What each pass leaves in the resources it writes.
  const afterwards = new Map<ComputePass, readonly string[]>();
  const known = new Map<string, ComputePass>();
  const standIns = new Map<ComputePass, ComputePass>();
  passes.forEach((pass, number) => {
    if (pass.kind !== 'compute') return;
    const identity = identityOf(pass, resources, contents);
    const pure = isPure(pass, resources, writers);
    const earlier = pure ? known.get(identity) : undefined;
    if (earlier !== undefined) standIns.set(pass, earlier);
    else if (pure) known.set(identity, pass);
    const after = afterwards.get(earlier ?? pass) ?? pass.writes.map((_, i) => `${number}.${i}`);
    afterwards.set(pass, after);
    pass.writes.forEach((written, i) => (contents[written] = after[i] as string));
    for (const touched of new Set([...pass.reads, ...pass.writes])) touches[touched]?.push({ pass, content: contents[touched] as string });
  });
  keepWholeBuffers(resources, touches, standIns);
  return standIns;
}

/**
 * A buffer goes with all that is done to it or not at all: whoever still reads it half way would find what later passes have made of its stand-in.
 * Keeping one pass can be why another must be kept, so this goes on until nothing changes.
 */
function keepWholeBuffers(resources: readonly Resource[], touches: readonly (readonly Touch[])[], standIns: Map<ComputePass, ComputePass>): void {
  for (let before = -1; before !== standIns.size; ) {
    before = standIns.size;
    resources.forEach((resource, i) => {
      if (resource.kind === 'buffer' && !goesWhole(i, touches, standIns)) for (const { pass } of touches[i] ?? []) if (pass.writes.includes(i)) standIns.delete(pass);
    });
  }
}

/** Whether every pass that writes this buffer has a stand-in, all others read it when it is finished, and the buffer in its place is finished the same. */
function goesWhole(buffer: number, touches: readonly (readonly Touch[])[], standIns: ReadonlyMap<ComputePass, ComputePass>): boolean {
  const own = touches[buffer] ?? [];
  const last = own.findLast(({ pass }) => pass.writes.includes(buffer));
  const inPlace = last && standIns.get(last.pass)?.writes[last.pass.writes.indexOf(buffer)];
  if (last === undefined || inPlace === undefined) return false;
  const whole = own.every(({ pass, content }) => standIns.has(pass) || (!pass.writes.includes(buffer) && content === last.content));
  return whole && touches[inPlace]?.at(-1)?.content === last.content;
}

function writersOf(passes: readonly Pass[]): Map<number, ComputePass[]> {
  const writers = new Map<number, ComputePass[]>();
  for (const pass of passes) if (pass.kind === 'compute') for (const written of pass.writes) writers.set(written, [...(writers.get(written) ?? []), pass]);
  return writers;
}

/** Only passes whose textures have one writer and live for one frame can stand for each other. */
function isPure(pass: ComputePass, resources: readonly Resource[], writers: ReadonlyMap<number, readonly ComputePass[]>): boolean {
  const once = (texture: number): boolean => (writers.get(texture)?.length ?? 0) <= 1;
  const fitsWritten = (written: number): boolean => {
    const resource = resources[written] as Resource;
    return resource.kind === 'buffer' || (resource.lifetime === 'transient' && once(written));
  };
  return pass.makes === undefined && pass.writes.every(fitsWritten) && pass.reads.every((read) => resources[read]?.kind === 'buffer' || once(read));
}

function identityOf(pass: ComputePass, resources: readonly Resource[], content: readonly string[]): string {
  const inputs = pass.bound.map((resource) => (resources[resource]?.kind === 'texture' && pass.writes.includes(resource) ? resources[resource] : content[resource]));
  return JSON.stringify([kernelKey(pass.shader, pass.constants), inputs, pass.workgroups, pass.uniforms === undefined ? '' : Array.from(pass.uniforms).join()]);
}

/** Walks back from what is shown or kept; a pass that writes nothing needed goes. */
function dropUnread(passes: readonly Pass[], resources: readonly Resource[]): Pass[] {
  const needed = new Set<number>();
  resources.forEach((resource, i) => {
    if (resource.kind === 'texture' && resource.lifetime === 'history-current') needed.add(i);
  });
  const kept: Pass[] = [];
  for (const pass of passes.toReversed()) {
    if (pass.kind === 'compute' && !pass.writes.some((written) => needed.has(written))) continue;
    for (const read of readsOf(pass)) needed.add(read);
    kept.unshift(pass);
  }
  return kept;
}

/** Walks back from each target to every pass it needs, in this frame and in those that go on from it: what is kept serves whom it serves as `previous`. */
function servedTargets(passes: readonly Pass[], resources: readonly Resource[]): Map<Pass, Set<string>> {
  const served = new Map<Pass, Set<string>>();
  const wanted = resources.map(() => new Set<string>());
  const want = (resource: number, targets: Iterable<string>): void => {
    for (const target of targets) wanted[resource]?.add(target);
  };
  const size = (): number => wanted.reduce((sum, targets) => sum + targets.size, 0);
  for (let before = -1; before !== size(); ) {
    before = size();
    for (const pass of passes.toReversed()) {
      const targets = new Set(pass.kind === 'present' ? [pass.target] : pass.writes.flatMap((written) => [...(wanted[written] as Set<string>)]));
      served.set(pass, targets);
      for (const read of readsOf(pass)) want(read, targets);
    }
    resources.forEach((current, i) => {
      if (current.kind === 'texture' && current.lifetime === 'history-current') want(i, wanted[previousOf(current, resources)] ?? []);
    });
  }
  return served;
}

function previousOf({ name }: TextureResource, resources: readonly Resource[]): number {
  return resources.findIndex((resource) => resource.kind === 'texture' && resource.lifetime === 'history-previous' && resource.name === name);
}

/** Whether a step runs where these targets are shown. One that serves no target keeps what nobody reads, and runs always. */
export function servesAny({ serves }: ComputeStep, targets: readonly { readonly name: string }[]): boolean {
  for (let i = 0; i < targets.length; i++) if (serves.includes((targets[i] as { readonly name: string }).name)) return true;
  return serves.length === 0;
}

function readsOf(pass: Pass): readonly number[] {
  return pass.kind === 'present' ? [pass.color, pass.alpha] : pass.reads;
}

function assertWritten(passes: readonly Pass[], resources: readonly Resource[]): void {
  const written = new Set<number>();
  for (const pass of passes) {
    for (const read of readsOf(pass)) {
      const resource = resources[read] as Resource;
      const needsWriter = resource.kind === 'texture' && resource.lifetime !== 'external' && resource.lifetime !== 'history-previous';
      if (needsWriter && !written.has(read)) throw new ParameterError(`${pass.kind === 'compute' ? pass.shader.label : 'the last pass'} reads a texture that no earlier pass has written`);
    }
    if (pass.kind === 'compute') for (const resource of pass.writes) written.add(resource);
  }
}

/** Colours the intervals from first to last use: resources of equal key whose intervals are apart share a place. */
function assignPlaces(passes: readonly Pass[], resources: readonly Resource[]): { placeOf: Map<number, number>; places: Place[] } {
  const lastUse = new Map<number, number>();
  const firstUse = new Map<number, number>();
  passes.forEach((pass, step) => {
    for (const resource of [...readsOf(pass), ...(pass.kind === 'compute' ? pass.writes : [])]) {
      lastUse.set(resource, step);
      if (!firstUse.has(resource)) firstUse.set(resource, isClearedFirst(resources[resource]) ? -1 : step);
    }
  });
  const used = [...firstUse.keys()].sort((a, b) => (firstUse.get(a) as number) - (firstUse.get(b) as number) || a - b);
  const placeOf = new Map<number, number>();
  const places: Place[] = [];
  const busyUntil: number[] = [];
  for (const resource of used) {
    const place = placeFor(resources[resource] as Resource);
    const first = firstUse.get(resource) as number;
    const shared = place.lifetime === 'transient' ? places.findIndex((other, i) => other.lifetime === 'transient' && other.keyText === place.keyText && (busyUntil[i] as number) < first) : -1;
    const index = shared >= 0 ? shared : places.push(place) - 1;
    placeOf.set(resource, index);
    busyUntil[index] = place.lifetime === 'transient' ? (lastUse.get(resource) as number) : Infinity;
  }
  return { placeOf, places };
}

/** Cleared buffers are filled together before the first pass, so nothing may use their memory earlier. */
function isClearedFirst(resource: Resource | undefined): boolean {
  return resource?.kind === 'buffer' && resource.clear;
}

function placeFor(resource: Resource): Place {
  if (resource.kind === 'buffer') return bufferPlace(resource);
  const { width, height, format, lifetime, name } = resource;
  const key = { width, height, format, usage: GRAPH_TEXTURE_USAGE };
  return { kind: 'texture', lifetime, name, key, keyText: textureKey(key) };
}

function bufferPlace({ bytes, clear }: BufferResource): BufferPlace {
  return { kind: 'buffer', lifetime: 'transient', bytes, clear, keyText: bufferKey({ bytes, usage: GRAPH_BUFFER_USAGE }) };
}
