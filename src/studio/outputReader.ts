import type { BufferLease } from '../core/bufferPool.ts';
import type { PresentTarget } from '../core/compiledPlan.ts';
import type { Engine } from '../core/engine.ts';
import type { Size } from '../core/frameGraph.ts';
import type { TextureLease } from '../core/texturePool.ts';
import type { Pixels } from '../io/pixels.ts';

const FORMAT = 'rgba8unorm';
const TEXEL_BYTES = 4;
const ROW_STEP = 256;

/** The results of one run on their way to memory. */
export interface OpenOutputs {
  readonly targets: readonly PresentTarget[];
  /** Records the copies behind the run. */
  copy(encoder: GPUCommandEncoder): void;
  /** Waits for the GPU and gives the pictures, once the encoder was submitted. */
  pixels(): Promise<Record<string, Pixels>>;
  /** Gives everything back; call it in any case. */
  close(): void;
}

/**
 * Brings results back to memory through pooled textures and staging buffers.
 * Owns: nothing between calls. Borrows: the engine.
 */
export class OutputReader {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Bytes of texture and staging for one result. */
  bytesFor({ width, height }: Size): number {
    return width * height * TEXEL_BYTES + rowBytes(width) * height;
  }

  open(names: readonly string[], size: Size): OpenOutputs {
    const { textures, buffers, device } = this.#engine;
    const { width, height } = size;
    const leases = new Map<string, { texture: TextureLease; staging: BufferLease }>();
    const key = { width, height, format: FORMAT, usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC } as const;
    const stagingKey = { bytes: rowBytes(width) * height, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST };
    for (const name of names) leases.set(name, { texture: textures.acquire(key, 'output'), staging: buffers.acquire(stagingKey, 'staging') });
    return {
      targets: [...leases].map(([name, { texture }]) => ({ name, view: texture.resource.view, format: FORMAT })),
      copy(encoder) {
        for (const { texture, staging } of leases.values()) {
          encoder.copyTextureToBuffer({ texture: texture.resource.texture }, { buffer: staging.resource.buffer, bytesPerRow: rowBytes(width) }, [width, height]);
        }
      },
      async pixels() {
        await Promise.all([...leases.values()].map(({ staging }) => device.race(staging.resource.buffer.mapAsync(GPUMapMode.READ))));
        return Object.fromEntries([...leases].map(([name, { staging }]) => [name, unpack(staging.resource.buffer, size)]));
      },
      close() {
        if (!device.alive) return;
        for (const { texture, staging } of leases.values()) {
          if (staging.resource.buffer.mapState !== 'unmapped') staging.resource.buffer.unmap();
          textures.release(texture);
          buffers.release(staging);
        }
      },
    };
  }
}

/** Copies need rows that begin at multiples of 256 bytes. */
function rowBytes(width: number): number {
  return Math.ceil((width * TEXEL_BYTES) / ROW_STEP) * ROW_STEP;
}

function unpack(buffer: GPUBuffer, { width, height }: Size): Pixels {
  const pitch = rowBytes(width);
  const padded = new Uint8Array(buffer.getMappedRange());
  const data = new Uint8ClampedArray(width * height * TEXEL_BYTES);
  for (let y = 0; y < height; y++) data.set(padded.subarray(y * pitch, y * pitch + width * TEXEL_BYTES), y * width * TEXEL_BYTES);
  return { data, width, height };
}
