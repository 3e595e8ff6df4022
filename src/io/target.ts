import type { Device } from '../core/device.ts';
import { InputError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import type { LentTextures } from './source.ts';

/** A view that is drawn on, with what WebGPU does not tell of it. */
export interface ViewTarget extends Size {
  readonly view: GPUTextureView;
  readonly format: GPUTextureFormat;
}

/** Where a picture is drawn: a canvas, a texture with `RENDER_ATTACHMENT` usage, or a view of one. */
export type Target = HTMLCanvasElement | OffscreenCanvas | GPUTexture | ViewTarget;

/** A target that was looked at. */
export interface MeasuredTarget extends Size {
  readonly format: GPUTextureFormat;
  /** Canvases take premultiplied alpha, textures straight. */
  readonly premultiply: boolean;
}

/** Canvas contexts that were configured for one device. */
export type ConfiguredCanvases = WeakMap<object, GPUCanvasContext>;

const TARGET_FORMATS: readonly GPUTextureFormat[] = ['rgba8unorm', 'bgra8unorm', 'rgba16float'];

/**
 * Finds out what a target is, and configures a canvas the first time it is seen.
 * @throws {@link InputError} where it cannot be drawn on.
 */
export function measureTarget(device: Device, canvases: ConfiguredCanvases, target: Target): MeasuredTarget {
  if (isCanvas(target)) {
    contextOf(device, canvases, target);
    const { width, height } = target;
    const most = device.handle.limits.maxTextureDimension2D;
    if (Math.max(width, height) > most) throw new InputError(`the target canvas is ${width}x${height}, and this GPU device draws on at most ${most} pixels a side; make it smaller`, { code: 'input-too-large' });
    return { width, height, format: navigator.gpu.getPreferredCanvasFormat(), premultiply: true };
  }
  const { width, height, format } = target;
  if (!TARGET_FORMATS.includes(format)) throw new InputError(`the target has the format ${String(format)}, must be one of ${TARGET_FORMATS.join(', ')}`);
  if ('usage' in target && (target.usage & GPUTextureUsage.RENDER_ATTACHMENT) === 0) throw new InputError('the target texture lacks the usage RENDER_ATTACHMENT; add it where the texture is made');
  return { width, height, format, premultiply: false };
}

function isCanvas(target: Target): target is HTMLCanvasElement | OffscreenCanvas {
  if (typeof target !== 'object' || target === null || !('width' in target)) throw new InputError(`the target is ${target === null ? 'null' : typeof target}, must be a canvas, a GPUTexture, or { view, format, width, height }`);
  return 'getContext' in target;
}

function contextOf(device: Device, canvases: ConfiguredCanvases, canvas: HTMLCanvasElement | OffscreenCanvas): GPUCanvasContext {
  const known = canvases.get(canvas);
  if (known !== undefined) return known;
  const context = canvas.getContext('webgpu') as GPUCanvasContext | null;
  if (context === null) throw new InputError('the target canvas already has another context (2d or webgl); give a canvas of its own', { code: 'canvas-context' });
  context.configure({ device: device.handle, format: navigator.gpu.getPreferredCanvasFormat(), alphaMode: 'premultiplied' });
  canvases.set(canvas, context);
  return context;
}

/** The view to draw on; that of a canvas is new each frame, so this comes last before the encoding. */
export function viewOf(device: Device, canvases: ConfiguredCanvases, lent: LentTextures, target: Target): GPUTextureView {
  if (isCanvas(target)) {
    device.counters.transient++;
    return contextOf(device, canvases, target).getCurrentTexture().createView();
  }
  return 'view' in target ? target.view : lent.of(target).view;
}
