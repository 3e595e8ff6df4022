import { Studio, UnsupportedError } from 'atelier-gpu';

/** What is said where there is no WebGPU. */
export const NEEDS_WEBGPU = 'This browser cannot paint: it has no WebGPU, or no graphics card it may use for it. A current Chrome, Edge or Safari can.';

/** A studio of the page's own, or undefined where there is no WebGPU. */
export async function openStudio(): Promise<Studio | undefined> {
  try {
    return await Studio.create();
  } catch (error) {
    if (error instanceof UnsupportedError) return undefined;
    throw error;
  }
}

const WIDTH = { gpu: 1280, cpu: 320 };

/** How wide the pictures of a camera should be: what the address says as `?width=`, else what suits a GPU, or the CPU that computes in its place. */
export function pictureWidth(isFallback = false): number {
  const given = Number(new URLSearchParams(location.search).get('width'));
  return given > 0 ? given : isFallback ? WIDTH.cpu : WIDTH.gpu;
}
