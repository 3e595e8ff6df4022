import type { Pixels } from '../../src/io/pixels.ts';

/** A texture that can be drawn on, read and copied from. */
export function makeTexture(device: GPUDevice, width: number, height: number, format: GPUTextureFormat = 'rgba8unorm'): GPUTexture {
  const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC | GPUTextureUsage.COPY_DST;
  return device.createTexture({ size: [width, height], format, usage });
}

/** A texture filled with a picture. */
export function textureOf(device: GPUDevice, picture: Pixels): GPUTexture {
  const texture = makeTexture(device, picture.width, picture.height);
  device.queue.writeTexture({ texture }, picture.data as Uint8ClampedArray<ArrayBuffer>, { bytesPerRow: 4 * picture.width }, [picture.width, picture.height]);
  return texture;
}

/** What a texture of four bytes a texel holds. */
export async function readTexture(device: GPUDevice, texture: GPUTexture): Promise<Pixels> {
  const { width, height } = texture;
  const pitch = Math.ceil((width * 4) / 256) * 256;
  const staging = device.createBuffer({ size: pitch * height, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  const encoder = device.createCommandEncoder();
  encoder.copyTextureToBuffer({ texture }, { buffer: staging, bytesPerRow: pitch }, [width, height]);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const padded = new Uint8Array(staging.getMappedRange());
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) data.set(padded.subarray(y * pitch, y * pitch + 4 * width), 4 * width * y);
  staging.destroy();
  return { data, width, height };
}
