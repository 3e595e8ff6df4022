/** The machine-readable reasons an {@link AtelierError} can have. */
export type ErrorCode =
  | 'unsupported'
  | 'input'
  | 'decode'
  | 'input-too-large'
  | 'parameter'
  | 'budget'
  | 'out-of-memory'
  | 'device-lost'
  | 'gpu'
  | 'destroyed'
  | 'lease'
  | 'leak'
  | 'worker'
  | 'canvas-context'
  | 'source-closed'
  | 'not-ready'
  | 'tainted';

/** What every error of the library can carry beside its message. */
export interface ErrorDetails {
  /** The error that led to this one. */
  readonly cause?: unknown;
  /** A finer reason than the class gives, as `'tainted'` on an {@link InputError}. */
  readonly code?: ErrorCode;
  /** Where it is not what the class says. */
  readonly recoverable?: boolean;
}

/**
 * The base of every error the library throws. The message says what is wrong, the value given, the values accepted and what to do.
 *
 * @example
 * ```ts
 * try {
 *   pipeline.render(image, canvas);
 * } catch (error) {
 *   if (error instanceof AtelierError && error.recoverable) retryLater();
 *   else throw error;
 * }
 * ```
 */
export class AtelierError extends Error {
  /** The machine-readable reason. */
  readonly code: ErrorCode;
  /** Whether the same call can succeed later without a change of its arguments. */
  readonly recoverable: boolean;

  // The name is given: that of the class is another one once an app was minified.
  constructor(name: string, message: string, code: ErrorCode, recoverable: boolean, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = name;
    this.code = details.code ?? code;
    this.recoverable = details.recoverable ?? recoverable;
  }
}

/** There is no WebGPU here, no adapter, or the device lacks something the library cannot do without. */
export class UnsupportedError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('UnsupportedError', message, 'unsupported', false, details);
  }
}

/** A source or target that cannot be used: wrong type, wrong size, closed, not ready, tainted, or taken by another context (see `code`). */
export class InputError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('InputError', message, 'input', false, details);
  }
}

/** The bytes are no picture that can be decoded; the message says what they look like and how many they are. */
export class DecodeError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('DecodeError', message, 'decode', false, details);
  }
}

/** The picture is larger than `limits` allows; it was refused before it was decoded. */
export class InputTooLargeError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('InputTooLargeError', message, 'input-too-large', false, details);
  }
}

/** A parameter, effect or option that does not exist, has the wrong type, or lies outside its range. */
export class ParameterError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('ParameterError', message, 'parameter', false, details);
  }
}

/** The work would need more GPU memory than the budget allows; nothing was allocated for it. */
export class BudgetError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('BudgetError', message, 'budget', true, details);
  }
}

/** The GPU refused an allocation that the budget allowed. */
export class OutOfMemoryError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('OutOfMemoryError', message, 'out-of-memory', true, details);
  }
}

/** The GPU or its driver refused something that should have worked: a call failed, or what it made is invalid. A fault of the system or of the library; the studio stays usable. */
export class GpuError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('GpuError', message, 'gpu', true, details);
  }
}

/** The GPU device is gone. A studio with a device of its own asks for another by itself; one with a device of yours waits for `setDevice()`. */
export class DeviceLostError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('DeviceLostError', message, 'device-lost', true, details);
  }
}

/** The object was destroyed, by its own `destroy()` or by its owner's. */
export class DestroyedError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('DestroyedError', message, 'destroyed', false, details);
  }
}

/** A pooled resource was released twice, used after its release, or given to a pool it does not come from. */
export class LeaseError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('LeaseError', message, 'lease', false, details);
  }
}

/** Something is still in use that should not be, or was dropped without `destroy()`: what `tracer.assertNone()` throws. */
export class LeakError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('LeakError', message, 'leak', false, details);
  }
}

/** The worker of a `WorkerPainter` ended, failed or stopped answering. It is terminated then, and what it held is free; begin anew with another worker. */
export class WorkerError extends AtelierError {
  constructor(message: string, details?: ErrorDetails) {
    super('WorkerError', message, 'worker', false, details);
  }
}
