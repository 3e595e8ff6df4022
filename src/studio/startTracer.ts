import { ParameterError } from '../core/errors.ts';
import type { TraceSink } from '../core/trace.ts';
import { Tracer } from './tracer.ts';
import { TraceRecorder, type TraceOptions } from './traceRecorder.ts';

const DEFAULTS: TraceOptions = { stackDepth: 24, sample: 1 };

/**
 * Begins a trace: what the library tells it, and what can be asked of it.
 * @throws {@link ParameterError} for an option that is no whole number from 1.
 */
export function startTracer(options: Partial<TraceOptions>): { readonly tracer: Tracer; readonly sink: TraceSink } {
  for (const [name, value] of Object.entries(options)) {
    if (!(name in DEFAULTS && Number.isInteger(value) && value > 0)) throw new ParameterError(`Studio.create: trace.${name} is ${String(value)}, must be a whole number from 1, and one of ${Object.keys(DEFAULTS).join(', ')}`);
  }
  const sink = new TraceRecorder({ ...DEFAULTS, ...options });
  return { tracer: new Tracer(sink), sink };
}
