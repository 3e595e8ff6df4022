// The colours of chalk, in OKLab: L' = lift + (0.99 - lift) (1 - (1 - L)^1.25); chroma *= color (0.8 + 0.35 smoothstep(0, 0.5, L)). Black is grey, darks are duller than lights.
// Reads: source (rgb sRGB code values). Writes: output rgba8unorm, sRGB code values.
// Source: B. Ottosson, "A perceptual color space for image processing", 2020; the curves are ours.
import package::lib::color::{ fromOklab, toOklab };

struct Params { lift: f32, color: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

// The lightness of white chalk.
const WHITE = 0.99;
// Brightens the mid-tones: chalk scatters.
const CURVE = 1.25;
// Chroma of black, what lights have more, and the lightness from which they have it all.
const DARK_CHROMA = 0.8;
const LIGHT_CHROMA = 0.35;
const LIGHT = 0.5;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = toOklab(textureLoad(source, id.xy, 0).rgb);
  let L = saturate(lab.x);
  let lightness = params.lift + (WHITE - params.lift) * (1 - pow(1 - L, CURVE));
  let gain = params.color * (DARK_CHROMA + LIGHT_CHROMA * smoothstep(0, LIGHT, L));
  textureStore(output, id.xy, vec4f(fromOklab(vec3f(lightness, gain * lab.yz)), 1));
}
