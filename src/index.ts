/**
 * Paints on the GPU: photographs and canvases become drawings and paintings, with WebGPU compute shaders and memory that stays flat.
 * @packageDocumentation
 */
export { adjust, type AdjustParams } from './effects/adjust.ts';
export { anisotropicKuwahara, type AnisotropicKuwaharaParams } from './effects/anisotropicKuwahara.ts';
export { bilateral, type BilateralParams } from './effects/bilateral.ts';
export { brushRelief, type BrushReliefParams } from './effects/brushRelief.ts';
export { detailEnhance, type DetailEnhanceParams } from './effects/detailEnhance.ts';
export { edgePreserving, type EdgePreservingParams } from './effects/edgePreserving.ts';
export { grade, type GradeParams } from './effects/grade.ts';
export { guidedFilter, type GuidedFilterParams } from './effects/guidedFilter.ts';
export { oilPainting, type OilPaintingParams } from './effects/oilPainting.ts';
export { paperTexture, type PaperTextureParams } from './effects/paperTexture.ts';
export { pencilDodge, type PencilDodgeParams } from './effects/pencilDodge.ts';
export { pencilSketch, type PencilSketchParams } from './effects/pencilSketch.ts';
export { pencilStrokes, type PencilStrokesParams } from './effects/pencilStrokes.ts';
export { stylization, type StylizationParams } from './effects/stylization.ts';
export { watercolor, type WatercolorParams } from './looks/watercolor.ts';
export { presets, type Preset, type ArtworkName } from './studio/presets.ts';
export * from './framework.ts';
