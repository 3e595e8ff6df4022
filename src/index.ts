/**
 * Paints on the GPU: photographs, cameras, videos and canvases become drawings and paintings, with WebGPU compute shaders and memory that stays flat.
 * @packageDocumentation
 */
export { adjust, type AdjustParams } from './effects/adjust.ts';
export { anisotropicKuwahara, type AnisotropicKuwaharaParams } from './effects/anisotropicKuwahara.ts';
export { bilateral, type BilateralParams } from './effects/bilateral.ts';
export { blend, type BlendGiven, type BlendMode, type BlendParams } from './effects/blend.ts';
export { brushStrokes, type BrushStrokesParams } from './effects/brushStrokes.ts';
export { cartoon, type CartoonParams } from './effects/cartoon.ts';
export { classicKuwahara, type ClassicKuwaharaParams } from './effects/classicKuwahara.ts';
export { coherenceEnhancing, type CoherenceEnhancingParams } from './effects/coherenceEnhancing.ts';
export { detailEnhance, type DetailEnhanceParams } from './effects/detailEnhance.ts';
export { edgePreserving, type EdgePreservingParams } from './effects/edgePreserving.ts';
export { generalizedKuwahara, type GeneralizedKuwaharaParams } from './effects/generalizedKuwahara.ts';
export { grade, type GradeParams } from './effects/grade.ts';
export { guidedFilter, type GuidedFilterParams } from './effects/guidedFilter.ts';
export { halftoneScreen, type HalftoneScreenParams } from './effects/halftoneScreen.ts';
export { lineIntegralConvolution, type LineIntegralConvolutionParams } from './effects/lineIntegralConvolution.ts';
export { mask, type MaskGiven, type MaskParams } from './effects/mask.ts';
export { oilPainting, type OilPaintingParams } from './effects/oilPainting.ts';
export { palette, type PaletteParams } from './effects/palette.ts';
export { paperTexture, type PaperTextureParams } from './effects/paperTexture.ts';
export { pencilDodge, type PencilDodgeParams } from './effects/pencilDodge.ts';
export { pencilSketch, type PencilSketchParams } from './effects/pencilSketch.ts';
export { posterize, type PosterizeParams } from './effects/posterize.ts';
export { stabilize, type StabilizeGiven, type StabilizeParams } from './effects/stabilize.ts';
export { stylization, type StylizationParams } from './effects/stylization.ts';
export { xdog, type XdogParams, type XdogThreshold } from './effects/xdog.ts';
export type { OilPaintParams } from './passes/oilPaint.ts';
export { charcoal, type CharcoalParams } from './looks/charcoal.ts';
export { comic, type ComicParams } from './looks/comic.ts';
export { engraving, type EngravingParams } from './looks/engraving.ts';
export { gouache, type GouacheParams } from './looks/gouache.ts';
export { halftone, type HalftoneParams } from './looks/halftone.ts';
export { hatching, type HatchingParams } from './looks/hatching.ts';
export { ink, type InkParams } from './looks/ink.ts';
export { oil, type OilParams } from './looks/oil.ts';
export { oilImpasto, type OilImpastoParams } from './looks/oilImpasto.ts';
export { pastelPaint, type PastelPaintParams } from './looks/pastelPaint.ts';
export { pencil, type PencilParams } from './looks/pencil.ts';
export { riso, type RisoInk, type RisoParams } from './looks/riso.ts';
export { sketch, type SketchParams } from './looks/sketch.ts';
export { strokes, type StrokesParams } from './looks/strokes.ts';
export { watercolor, type WatercolorParams } from './looks/watercolor.ts';
export { woodcut, type WoodcutParams } from './looks/woodcut.ts';
export { presets, type Preset, type ArtworkName } from './studio/presets.ts';
export * from './framework.ts';
