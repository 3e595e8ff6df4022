// Toned paper with a smudged underpainting, and its tooth: noise, and noise drawn out along the strokes. ground = mix(paper, under, 0.84 - 0.2 strength (tooth - 1/2)), `under` a little
// darker and duller than the picture.
// Reads: blurred (rgb sRGB code values, perhaps smaller), noise (g in [0, 1]), along (r in [0, 1]). Writes: ground rgba8unorm (rgb sRGB code values), tooth rgba8unorm (r depth of the
// tooth, g the noise, in [0, 1]).
// Source: none; amounts found by eye.
import package::lib::color::{ fromOklab, toOklab };
import package::lib::enlarge::enlarged;

// `factor`: side of a texel of `blurred` in px.
struct Params { paper: vec3f, strength: f32, factor: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var noise: texture_2d<f32>;
@group(0) @binding(2) var along: texture_2d<f32>;
@group(0) @binding(3) var blurred: texture_2d<f32>;
@group(0) @binding(4) var ground: texture_storage_2d<rgba8unorm, write>;
@group(0) @binding(5) var tooth: texture_storage_2d<rgba8unorm, write>;

// Contrast of the even tooth, and of the one along the strokes.
const EVEN = 1.3;
const ALONG = 0.6;
const DARKER = 0.025;
const DULLER = 0.9;
const COVER = 0.84;
const COVER_BY_TOOTH = 0.2;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(ground))) { return; }
  let even = textureLoad(noise, id.xy, 0).g;
  let depth = saturate(0.5 + params.strength * (EVEN * (even - 0.5) + ALONG * (textureLoad(along, id.xy, 0).r - 0.5)));
  let lab = toOklab(enlarged(blurred, id.xy, params.factor).rgb);
  let under = saturate(fromOklab(vec3f(lab.x - DARKER, DULLER * lab.yz)));
  let cover = COVER - COVER_BY_TOOTH * params.strength * (depth - 0.5);
  textureStore(ground, id.xy, vec4f(mix(params.paper, under, cover), 1));
  textureStore(tooth, id.xy, vec4f(depth, even, 0, 1));
}
