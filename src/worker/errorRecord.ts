import {
  AtelierError, BudgetError, DecodeError, DestroyedError, DeviceLostError, GpuError, InputError, InputTooLargeError, LeakError, LeaseError, OutOfMemoryError, ParameterError, UnsupportedError, WorkerError,
  type ErrorDetails,
} from '../core/errors.ts';

type TypedError = new (message: string, details?: ErrorDetails) => AtelierError;

/** By the names that they carry, which are the same in two bundles that were minified. */
const CLASSES: Readonly<Record<string, TypedError>> = {
  BudgetError, DecodeError, DestroyedError, DeviceLostError, GpuError, InputError, InputTooLargeError, LeakError, LeaseError, OutOfMemoryError, ParameterError, UnsupportedError, WorkerError,
};

/** An error as a plain value that can be posted. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What is posted of an error. */
export function recordOf(error: unknown): ErrorRecord {
  if (!(error instanceof AtelierError)) return { name: 'WorkerError', message: `the worker threw something unforeseen (${String(error)})`, details: {} };
  return { name: error.name, message: error.message, details: { code: error.code, recoverable: error.recoverable } };
}

/** The error again, of the same class. */
export function errorFrom({ name, message, details }: ErrorRecord): AtelierError {
  return new (CLASSES[name] ?? WorkerError)(message, details);
}
