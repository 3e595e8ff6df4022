// Everything that is public and is no effect, look or preset.
export { Studio, type StudioOptions } from './studio/studio.ts';
export { DeviceLostEvent, GpuErrorEvent, LeakEvent, PressureEvent, type StudioEvents } from './studio/events.ts';
export type { LossState, RecoveryLimits } from './studio/deviceKeeper.ts';
export type { Outputs, Pipeline, ReadOptions, Recorded, RenderOptions, Targets } from './studio/pipeline.ts';
export type { AttachOptions, Live, LiveStats } from './studio/live.ts';
export type { LiveSource } from './studio/liveFrames.ts';
export type { Upsampling } from './studio/frame.ts';
export type { PaintedStream, StreamOptions } from './studio/paintedStream.ts';
export type { Recording, RecordingOptions } from './studio/recording.ts';
export { ResultCache, type ResultCacheMetrics, type ResultCacheOptions } from './studio/resultCache.ts';
export type { StoreEviction } from './studio/boundedStore.ts';
export type { ContentHash } from './io/contentHash.ts';
export type { Batch, BatchInput, BatchItem, BatchOptions, BatchProgress, EncodedBatchOptions } from './studio/batch.ts';
export type { Scope } from './studio/scope.ts';
export type { Releasable } from './core/disposal.ts';
export type { AdapterFacts, MemoryMetrics, Metrics } from './studio/metrics.ts';
export { prometheusText, type PrometheusOptions, type StudioMetrics } from './studio/prometheus.ts';
export type { PassTime } from './studio/profile.ts';
export type { Tracer } from './studio/tracer.ts';
export type { Leak, TraceOptions } from './studio/traceRecorder.ts';
export type { TracedResource, TraceGroup, TraceGrouping, TraceSnapshot } from './studio/traceSnapshot.ts';
export type { Timeline, TimelineEvent } from './studio/traceTimeline.ts';
export type { Validation } from './core/allocationGuard.ts';
export type { DeviceOptions } from './core/device.ts';
export type { DeviceTraits, LineKernels } from './core/deviceTraits.ts';
export type { MemoryLimits } from './core/engine.ts';
export type { PoolLimits } from './core/pool.ts';
export type { EvictionReason, MemoryUse } from './core/memoryAccount.ts';
export type { Crop, Fit, Placement } from './io/placement.ts';
export { checkPixels, type Pixels } from './io/pixels.ts';
export type { AsyncSource, Source } from './io/source.ts';
export type { Target, ViewTarget } from './io/target.ts';
export type { Codec, DecodeLimits, EncodeOptions } from './io/codec.ts';
export type { InputLimits } from './io/inputLimits.ts';
export { readPictureHeader, type PictureHeader } from './io/pictureHeader.ts';
export type { PictureType } from './io/sniff.ts';
export {
  defineCombinator, defineEffect, optional, type AnyEffect, type AnyStep, type CombinatorDefinition, type Effect, type EffectDefinition, type EffectInputs, type EffectStep, type Look, type LookPainter, type OptionalInput, type PictureUnit, type StepJson, type StepParts,
} from './core/effect.ts';
export { parseLook } from './core/look.ts';
export type { FrameGraph, BufferHandle, ComputeOptions, Frame, GuideFilter, InspectView, Size, TextureHandle } from './core/frameGraph.ts';
export type { ShaderBinding, ShaderModule, StorageFormat, UniformField, UniformLayout, UniformType } from './core/shaderModule.ts';
export type { UniformValue, UniformValues } from './core/uniforms.ts';
export type { KernelConstants } from './core/kernelCache.ts';
export type { TracedKind } from './core/trace.ts';
export { bool, choice, color, colors, colorToRgb, float, int, list, seed, type BoolParam, type ChoiceParam, type ColorParam, type ColorsParam, type FloatParam, type IntParam, type ListParam, type ParamFacts, type ParamSpec, type ParamSpecOf, type ParamTable, type RangeFacts, type SeedParam } from './core/params.ts';
export {
  AtelierError, BudgetError, DecodeError, DestroyedError, DeviceLostError, GpuError, InputError, InputTooLargeError, LeakError, LeaseError, OutOfMemoryError, ParameterError, UnsupportedError, WorkerError,
  type ErrorCode, type ErrorDetails,
} from './core/errors.ts';
