import countKernel from '../../shaders/passes/domainTransformCount.wgsl';
import meanKernel from '../../shaders/passes/domainTransformMean.wgsl';
import transformKernel from '../../shaders/passes/domainTransform.wgsl';
import type { FrameGraph, Size, TextureHandle } from '../core/frameGraph.ts';

export interface DomainTransformOptions { readonly sigmaS: number; readonly sigmaR: number }
export interface Lines { readonly across: TextureHandle; readonly down: TextureHandle }

const ALONG = { across: [1, 0], down: [0, 1] } as const;
type Direction = keyof typeof ALONG;
export const STRIP = { value: Number((globalThis as any).process?.env?.STRIP ?? 128) };

function extent({ width, height }: Size, direction: Direction) {
  return direction === 'across' ? { lines: height, length: width } : { lines: width, length: height };
}

export function domainTransform(graph: FrameGraph, source: TextureHandle, { sigmaS, sigmaR }: DomainTransformOptions): Lines {
  const slope = Math.fround(Math.fround(sigmaS) / Math.fround(sigmaR));
  const one = (direction: Direction) => graph.compute(transformKernel, { inputs: { source }, params: { along: ALONG[direction], slope }, invocations: [extent(graph.sizeOf(source), direction).lines, 1] });
  return { across: one('across'), down: one('down') };
}

export function windowRadius(sigmaS: number, iteration: number, iterations: number): number {
  const sigma = Math.fround((sigmaS * Math.sqrt(3) * 2 ** (iterations - 1 - iteration)) / Math.sqrt(4 ** iterations - 1));
  return Math.fround(Math.fround(Math.sqrt(3)) * sigma);
}

function strips(size: Size, direction: Direction): [number, number] {
  const { lines, length } = extent(size, direction);
  return [lines, Math.ceil(length / STRIP.value)];
}

export function normalizedConvolution(graph: FrameGraph, source: TextureHandle, options: DomainTransformOptions & { readonly iterations: number }): TextureHandle {
  const transform = domainTransform(graph, source, options);
  const size = graph.sizeOf(source);
  let color = source;
  for (let i = 0; i < options.iterations; i++) {
    const radius = windowRadius(options.sigmaS, i, options.iterations);
    for (const direction of ['across', 'down'] as const) {
      const last = i === options.iterations - 1 && direction === 'down';
      color = graph.compute(meanKernel, { inputs: { color, transform: transform[direction] }, params: { along: ALONG[direction], radius, last }, constants: { STRIP: STRIP.value }, invocations: strips(size, direction) });
    }
  }
  return color;
}

export function windowCounts(graph: FrameGraph, transform: Lines, radius: number): Lines {
  const one = (direction: Direction) => graph.compute(countKernel, { inputs: { transform: transform[direction] }, params: { along: ALONG[direction], radius }, constants: { STRIP: STRIP.value }, invocations: strips(graph.sizeOf(transform[direction]), direction) });
  return { across: one('across'), down: one('down') };
}
