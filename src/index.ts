/**
 * Paints on the GPU: photographs and canvases become drawings and paintings, with WebGPU compute shaders and memory that stays flat.
 * @packageDocumentation
 */
export { adjust, type AdjustParams } from './effects/adjust.ts';
export * from './framework.ts';
