import { bufferBytes, type BufferKey, type BufferLease } from '../core/bufferPool.ts';
import type { PresentTarget } from '../core/compiledPlan.ts';
import { refused } from '../core/device.ts';
import type { Engine } from '../core/engine.ts';
import type { Size } from '../core/frameGraph.ts';
import type { TextureLease } from '../core/texturePool.ts';
import type { Pixels } from '../io/pixels.ts';

/** What results are read in. */
export const READ_FORMAT = 'rgba8unorm';
const TEXEL_BYTES = 4;
const ROW_STEP = 256;

interface Lease {
  readonly texture: TextureLease;
  staging: BufferLease | undefined;
}

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
  bytesFor(size: Size): number {
    return size.width * size.height * TEXEL_BYTES + bufferBytes(stagingKey(size));
  }

  open(names: readonly string[], size: Size): OpenOutputs {
    const { textures, buffers, device } = this.#engine;
    const { width, height } = size;
    const leases = new Map<string, Lease>();
    const key = { width, height, format: READ_FORMAT, usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC } as const;
    const close = (): void => {
      if (!device.alive) return;
      for (const { texture, staging } of leases.values()) {
        if (staging !== undefined && staging.resource.buffer.mapState !== 'unmapped') staging.resource.buffer.unmap();
        textures.release(texture);
        if (staging !== undefined) buffers.release(staging);
      }
      leases.clear();
    };
    try {
      for (const name of names) {
        const lease: Lease = { texture: textures.acquire(key, 'output'), staging: undefined };
        leases.set(name, lease);
        lease.staging = buffers.acquire(stagingKey(size), 'staging');
      }
    } catch (error) {
      close();
      throw error;
    }
    const opened = [...leases].map(([name, { texture, staging }]) => ({ name, texture: texture.resource, buffer: (staging as BufferLease).resource.buffer }));
    return {
      targets: opened.map(({ name, texture }) => ({ name, view: texture.view, format: READ_FORMAT })),
      copy(encoder) {
        try {
          for (const { texture, buffer } of opened) encoder.copyTextureToBuffer({ texture: texture.texture }, { buffer, bytesPerRow: rowBytes(width) }, [width, height]);
        } catch (cause) {
          throw refused('copyTextureToBuffer', cause);
        }
      },
      async pixels() {
        try {
          await Promise.all(opened.map(({ buffer }) => device.race(buffer.mapAsync(GPUMapMode.READ))));
          return Object.fromEntries(opened.map(({ name, buffer }) => [name, unpack(buffer, size)]));
        } catch (cause) {
          throw refused('mapAsync', cause);
        }
      },
      close,
    };
  }
}

function stagingKey({ width, height }: Size): BufferKey {
  return { bytes: rowBytes(width) * height, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST };
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
