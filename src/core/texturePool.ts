import type { Device } from './device.ts';
import type { MemoryAccount } from './memoryAccount.ts';
import { Pool, type Lease, type Pooled, type PoolLimits } from './pool.ts';

/** The exact key of a pooled texture. Sizes are never rounded: a larger texture would bleed stale pixels. */
export interface TextureKey {
  readonly width: number;
  readonly height: number;
  readonly format: GPUTextureFormat;
  readonly usage: GPUTextureUsageFlags;
}

/** A texture with its one view, which is always of the whole texture. */
export interface PooledTexture extends Pooled {
  readonly texture: GPUTexture;
  readonly view: GPUTextureView;
}

export type TextureLease = Lease<PooledTexture>;
export type TexturePool = Pool<TextureKey, PooledTexture>;

const BYTES_PER_TEXEL: Readonly<Partial<Record<GPUTextureFormat, number>>> = { rgba8unorm: 4, bgra8unorm: 4, r32float: 4, rgba16float: 8, rgba32float: 16 };

/** The bytes of one texture, as the account counts them. */
export function textureBytes({ width, height, format }: Pick<TextureKey, 'width' | 'height' | 'format'>): number {
  return width * height * (BYTES_PER_TEXEL[format] ?? 16);
}

/** The key as text, to look free textures up by. */
export function textureKey({ width, height, format, usage }: TextureKey): string {
  return `${width}x${height} ${format} ${usage}`;
}

/** Makes the pool of all textures of a studio. */
export function createTexturePool(device: Device, account: MemoryAccount, limits: PoolLimits): TexturePool {
  return new Pool(
    {
      name: 'texture pool',
      keyOf: textureKey,
      familyOf: (key: TextureKey) => `${key.format} ${key.usage}`,
      bytesOf: textureBytes,
      create(key: TextureKey, id: number): PooledTexture {
        const label = `atelier ${key.width}x${key.height} ${key.format} #${id}`;
        const texture = device.createTexture({ label, size: [key.width, key.height], format: key.format, usage: key.usage });
        return { id, label, bytes: textureBytes(key), texture, view: viewOf(device, texture) };
      },
      destroy({ texture }: PooledTexture): void {
        texture.destroy();
        device.forget(2);
      },
    },
    account,
    limits,
  );
}

/** A texture without its view is of no use to anybody. */
function viewOf(device: Device, texture: GPUTexture): GPUTextureView {
  try {
    return device.createView(texture);
  } catch (error) {
    texture.destroy();
    device.forget(1);
    throw error;
  }
}
