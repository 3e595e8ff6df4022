import { ParameterError } from '../core/errors.ts';
import type { MemoryMetrics, Metrics } from './metrics.ts';
import { canonical } from './resultKey.ts';

/** How {@link prometheusText} names what it tells. */
export interface PrometheusOptions {
  /** Labels on every sample, as `{ studio: 'thumbnails' }`. Names match `[a-zA-Z_][a-zA-Z0-9_]*` and do not begin with two underscores; values are any text. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** One of several studios that {@link prometheusText} tells of. */
export interface StudioMetrics extends PrometheusOptions {
  /** What `studio.metrics()` gives. */
  readonly metrics: Metrics;
}

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What makes up the bytes a studio holds. */
const STATES: readonly (keyof MemoryMetrics)[] = ['live', 'pending', 'pooled', 'source', 'output', 'uniforms', 'staging'];
/** Labels that families have of their own. */
const OWN_LABELS: readonly string[] = ['description', 'line_kernels', 'software', 'state', 'reason'];
const LABEL_NAME = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Metrics in the text format of Prometheus, version 0.0.4, to be served as `text/plain; version=0.0.4`.
 *
 * @param metrics - what `studio.metrics()` gives; or a list of such with labels of their own, for several studios in one text: texts cannot be joined, since each family may stand there once
 * @returns lines that end with a line feed: for each family HELP, TYPE and its samples. Names begin with `atelier_`, bytes are bytes, counters end with `_total`.
 * @throws {@link ParameterError} for a label name that Prometheus does not take, or that a family has already; for studios that no label tells apart.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 *
 * createServer((request, response) => {
 *   response.setHeader('content-type', 'text/plain; version=0.0.4');
 *   response.end(prometheusText(studio.metrics(), { labels: { studio: 'thumbnails' } }));
 * }).listen(9464);
 * ```
 * @example
 * ```ts
 * // Several studios in one text
 * const other = await Studio.create();
 * const text = prometheusText([
 *   { metrics: studio.metrics(), labels: { studio: 'thumbnails' } },
 *   { metrics: other.metrics(), labels: { studio: 'posters' } },
 * ]);
 * ```
 */
export function prometheusText(metrics: Metrics | readonly StudioMetrics[], options: PrometheusOptions = {}): string {
  const studios = (isList(metrics) ? metrics : [{ metrics, labels: {} }]).map((studio) => ({ families: familiesOf(studio.metrics), labels: { ...options.labels, ...studio.labels } }));
  for (const { labels } of studios) checkLabels(labels);
  if (new Set(studios.map(({ labels }) => canonical(labels))).size < studios.length) throw new ParameterError('prometheusText: two studios have the same labels; give each a label of its own, as { studio: "thumbnails" }');
  const [first] = studios;
  return (first?.families ?? []).map((family, place) => headOf(family) + studios.map(({ families, labels }) => samplesOf(families[place] as Family, labels)).join('')).join('');
}

function isList(metrics: Metrics | readonly StudioMetrics[]): metrics is readonly StudioMetrics[] {
  return Array.isArray(metrics);
}

function checkLabels(labels: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(labels)) {
    if (!LABEL_NAME.test(name) || OWN_LABELS.includes(name)) throw new ParameterError(`prometheusText: the label name is ${JSON.stringify(name)}, must match [a-zA-Z_][a-zA-Z0-9_]*, must not begin with __, and is none of ${OWN_LABELS.join(', ')}`);
  }
}

function familiesOf({ adapter, frames, created, destroyed, transient, bytes, hits, misses, evictions }: Metrics): Family[] {
  const { description, lineKernels, isFallback } = adapter;
  return [
    { name: 'atelier_adapter_info', type: 'gauge', help: 'The GPU that paints; always 1.', samples: [{ labels: { description, line_kernels: lineKernels, software: String(isFallback) }, value: 1 }] },
    counter('atelier_frames_total', 'Frames painted.', frames),
    { name: 'atelier_gpu_memory_bytes', type: 'gauge', help: 'GPU memory of textures and buffers by what it is used for; their sum is all that is held.', samples: STATES.map((state) => ({ labels: { state }, value: bytes[state] })) },
    { name: 'atelier_gpu_memory_peak_bytes', type: 'gauge', help: 'The most that plans have held at once.', samples: [{ value: bytes.peak }] },
    { name: 'atelier_gpu_memory_budget_bytes', type: 'gauge', help: 'The most that may be held.', samples: [{ value: bytes.budget }] },
    counter('atelier_gpu_objects_created_total', 'GPU objects made: textures, views, buffers, bind groups, pipelines.', created),
    counter('atelier_gpu_objects_destroyed_total', 'GPU objects destroyed or let go.', destroyed),
    counter('atelier_gpu_objects_transient_total', 'GPU objects that WebGPU forces anew each frame.', transient),
    counter('atelier_pool_hits_total', 'Leases that found a free resource.', hits),
    counter('atelier_pool_misses_total', 'Leases that had to make one.', misses),
    { name: 'atelier_pool_evictions_total', type: 'counter', help: 'Free resources destroyed, by reason.', samples: Object.entries(evictions).map(([reason, value]) => ({ labels: { reason }, value })) },
  ];
}

function counter(name: string, help: string, value: number): Family {
  return { name, type: 'counter', help, samples: [{ value }] };
}

function headOf({ name, type, help }: Family): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

function samplesOf({ name, samples }: Family, common: Readonly<Record<string, string>>): string {
  return samples.map(({ labels, value }) => `${name}${labelsText({ ...common, ...labels })} ${value}\n`).join('');
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** A label's value may have any characters; these three are written with a backslash. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
