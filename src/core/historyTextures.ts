import clearRgba16float from '../../shaders/passes/clear.wgsl?rgba16float';
import clearRgba32float from '../../shaders/passes/clear.wgsl?rgba32float';
import clearR32float from '../../shaders/passes/clear.wgsl?r32float';
import clearRgba8unorm from '../../shaders/passes/clear.wgsl';
import type { RunHold } from './compiledPlan.ts';
import type { Engine } from './engine.ts';
import { kernelKey, type ComputeKernel } from './kernelCache.ts';
import { servesAny, type ComputeStep, type Plan, type TexturePlace } from './plan.ts';
import type { ShaderModule, StorageFormat } from './shaderModule.ts';
import type { PooledTexture, TextureLease } from './texturePool.ts';

const CLEAR: Readonly<Record<StorageFormat, ShaderModule>> = { rgba8unorm: clearRgba8unorm, rgba16float: clearRgba16float, r32float: clearR32float, rgba32float: clearRgba32float };

interface History {
  readonly place: TexturePlace;
  readonly previous: number;
  readonly current: number;
  /** Says whether a run that shows these targets writes `current`. */
  readonly writer: ComputeStep;
  kept: [TextureLease, TextureLease] | undefined;
}

/**
 * The pairs of textures that carry a plan's memory from frame to frame.
 * Owns: two leases per history once a run has advanced. Borrows: the engine.
 */
export class HistoryTextures {
  /** The places of `previous` that hold what an earlier run left. */
  readonly begun: Set<number> = new Set();
  readonly #engine: Engine;
  readonly #histories: History[];

  constructor(engine: Engine, { places, steps }: Plan) {
    this.#engine = engine;
    this.#histories = places.flatMap((place, current) => {
      if (place.lifetime !== 'history-current') return [];
      const previous = places.findIndex((other) => other.lifetime === 'history-previous' && other.name === place.name);
      const writer = steps.find((step) => step.kind === 'compute' && step.bound.includes(current)) as ComputeStep;
      return [{ place, previous, current, writer, kept: undefined }];
    });
  }

  /** Bytes held from frame to frame. */
  get keptBytes(): number {
    return this.#histories.reduce((sum, { kept }) => sum + (kept === undefined ? 0 : kept[0].resource.bytes + kept[1].resource.bytes), 0);
  }

  isReady(): boolean {
    return this.#histories.every(({ place }) => this.#clearKernel(place) !== undefined);
  }

  async compile(): Promise<void> {
    await Promise.all(this.#histories.map(({ place }) => this.#engine.kernels.compileCompute(CLEAR[place.key.format], {})));
  }

  #clearKernel(place: TexturePlace): ComputeKernel | undefined {
    return this.#engine.kernels.compute(kernelKey(CLEAR[place.key.format], {}));
  }

  /** Gives each history its two textures for this run. */
  bind(encoder: GPUCommandEncoder, mode: 'advance' | 'none', hold: RunHold, bind: (place: number, texture: PooledTexture) => void): void {
    for (const history of this.#histories) {
      const [previous, current] = mode === 'advance' ? (history.kept ??= this.#lease(encoder, history)) : this.#lease(encoder, history);
      if (mode === 'none') hold.textures.push(previous, current);
      if (history.previous >= 0) bind(history.previous, previous.resource);
      bind(history.current, current.resource);
    }
  }

  #lease(encoder: GPUCommandEncoder, { place }: History): [TextureLease, TextureLease] {
    const { textures } = this.#engine;
    const previous = textures.acquire(place.key, 'slots', place.keyText);
    try {
      this.#clear(encoder, place, previous.resource);
      return [previous, textures.acquire(place.key, 'slots', place.keyText)];
    } catch (error) {
      textures.release(previous);
      throw error;
    }
  }

  #clear(encoder: GPUCommandEncoder, place: TexturePlace, { view }: PooledTexture): void {
    const { pipeline, layout, shader } = this.#clearKernel(place) as ComputeKernel;
    const group = this.#engine.device.createBindGroup({ label: shader.label, layout, entries: [{ binding: 0, resource: view }] });
    this.#engine.device.forget(1);
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.ceil(place.key.width / shader.workgroupSize[0]), Math.ceil(place.key.height / shader.workgroupSize[1]));
    pass.end();
  }

  /** What was current becomes previous, where a run that shows these targets wrote it. */
  advance(targets: readonly { readonly name: string }[]): void {
    for (const history of this.#histories) {
      if (!servesAny(history.writer, targets)) continue;
      history.kept?.reverse();
      this.begun.add(history.previous);
    }
  }

  destroy(): void {
    this.begun.clear();
    for (const history of this.#histories) {
      for (const lease of history.kept ?? []) this.#engine.textures.release(lease);
      history.kept = undefined;
    }
  }
}
