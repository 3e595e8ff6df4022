// Tone of a watercolour in OKLab: L is stretched, brought to a high key by a power, and laid in `washes` soft steps whose thresholds wander; risers are hard where the sheet is dry.
// Reads: source (rgb sRGB code values), tones (passes/levels), water (r wander of the thresholds, g wetness; coarse), with `pencil`
// also line (passes/flowDifferenceOfGaussians, L). Writes: output rgba8unorm, lib/wash; a: strength of the pencil line under it, 0 without `pencil`.
// Source: H. Winnemoeller et al., "Real-Time Video Abstraction", 2006 (soft steps); A. Bousseau et al., "Interactive Watercolor Rendering", 2006.
import package::lib::color::toOklab;
import package::lib::enlarge::coarseUv;
import package::lib::levels::leveled;
import package::lib::softSteps::softSteps;
import package::lib::wash::packWash;

// `waterTexel`: px per texel of `water`.
struct Params { washes: f32, waterTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> tones: vec4f;
@group(0) @binding(3) var water: texture_2d<f32>;
@if(pencil) @group(0) @binding(4) var line: texture_2d<f32>;
@group(0) @binding(5) var bilinear: sampler;
@group(0) @binding(6) var output: texture_storage_2d<rgba8unorm, write>;

// The mean lightness of a finished sheet: watercolour is high key, also at night. Limits keep what was already dark or light in character.
const KEY = 0.64;
const LOWEST_POWER = 0.45;
const HIGHEST_POWER = 1.15;

fn highKey(lightness: f32, mean: f32) -> f32 {
  let power = clamp(log(KEY) / log(clamp(mean, 0.05, 0.95)), LOWEST_POWER, HIGHEST_POWER);
  return pow(max(lightness, 0), power);
}

// Treads by which the thresholds move, and how wide a riser is where dry and where wet, in parts of a tread.
const WANDER = 1.1;
const RISER_DRY = 0.25;
const RISER_WET = 0.9;
// Share of the steps in the tone; the rest keeps its gradients.
const STEPPED = 0.72;

// From which difference on a line is drawn, and where it is as strong as any.
const FAINTEST = 0.006;
const STRONGEST = 0.035;

@if(pencil) fn drawnAt(p: vec2u) -> f32 { return smoothstep(FAINTEST, STRONGEST, -textureLoad(line, p, 0).r); }
@else fn drawnAt(p: vec2u) -> f32 { return 0; }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = toOklab(textureLoad(source, id.xy, 0).rgb);
  let run = textureSampleLevel(water, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.waterTexel, textureDimensions(water)), 0);
  let tone = highKey(leveled(lab.x, tones.xyz), tones.w);
  let wet = smoothstep(0.42, 0.62, run.g);
  let lightness = mix(tone, softSteps(tone, params.washes, mix(RISER_DRY, RISER_WET, wet), WANDER * (run.r - 0.5)), STEPPED);
  textureStore(output, id.xy, vec4f(packWash(vec3f(lightness, lab.yz)), drawnAt(id.xy)));
}
