import {
  AtelierError, BudgetError, DecodeError, DestroyedError, DeviceLostError, GpuError, InputError, InputTooLargeError, LeakError, LeaseError, OutOfMemoryError, ParameterError, UnsupportedError, WorkerError,
  type ErrorDetails,
} from '../core/errors.ts';

type TypedError = new (message: string, details?: ErrorDetails) => AtelierError;

/** By keys of our own: the names of classes differ between two bundles that were minified. */
const CLASSES: Readonly<Record<string, TypedError>> = {
  budget: BudgetError,
  decode: DecodeError,
  destroyed: DestroyedError,
  deviceLost: DeviceLostError,
  gpu: GpuError,
  input: InputError,
  inputTooLarge: InputTooLargeError,
  leak: LeakError,
  lease: LeaseError,
  outOfMemory: OutOfMemoryError,
  parameter: ParameterError,
  unsupported: UnsupportedError,
  worker: WorkerError,
};

/** An error as a plain value that can be posted. */
export interface ErrorRecord {
  readonly kind: string;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What is posted of an error. */
export function recordOf(error: unknown): ErrorRecord {
  const kind = Object.keys(CLASSES).find((key) => error instanceof (CLASSES[key] as TypedError));
  if (!(error instanceof AtelierError) || kind === undefined) return { kind: 'worker', message: `the worker threw something unforeseen (${String(error)})`, details: {} };
  return { kind, message: error.message, details: { code: error.code, recoverable: error.recoverable } };
}

/** The error again, of the same class. */
export function errorFrom({ kind, message, details }: ErrorRecord): AtelierError {
  return new (CLASSES[kind] ?? WorkerError)(message, details);
}
