// A picture printed with halftone screens: each pixel is separated into amounts of ink, each ink covers its screen, light = paper product mix(1, ink, coverage), linear.
// `single` prints one opaque ink by luma: light = mix(paper, ink, coverage).
// Reads: source (rgb sRGB code values), blurred (the same, blurred, perhaps coarse). Writes: output rgba8unorm, sRGB code values.
// Source: J. A. C. Yule, "Principles of Color Reproduction", 1967 (separation, grey component replacement); H. E. J. Neugebauer, 1937 (overprints). Amounts are of code values, so that dots
// average to the right code where a browser scales the picture.
import package::lib::color::{ encodeSrgb, luminance };
import package::lib::enlarge::coarseUv;
import package::lib::screen::{ diamondScreen, lineScreen, RIM, roundScreen };

// In the order of cyan, magenta, yellow, black: cosines and sines of the screens' angles, inks in linear light. `origin`: of the tile in the picture; `factor`: side of a texel of `blurred` in px.
struct Params { origin: vec2f, factor: f32, period: f32, shape: u32, exact: u32, sharp: f32, gcr: f32, gain: f32, cosines: vec4f, sines: vec4f, paper: vec3f, inks: array<vec3f, 4> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var blurred: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

const ROUND = 0u;
const DIAMOND = 1u;
const BLACK = 3u;
// How much the unsharp mask adds at most; from two thirds on it sharpens.
const MOST_SHARP = 1.5;
// Black comes late: skin stays free of it.
const BLACK_CURVE = 1.6;

// Off the lattice of pixels by so much, periods of whole pixels are sampled evenly too.
const EVEN = 0.25;

fn scanned(id: vec2u) -> vec3f {
  let soft = textureSampleLevel(blurred, bilinear, coarseUv(vec2f(id) + 0.5, params.factor, textureDimensions(blurred)), 0).rgb;
  return saturate(mix(soft, textureLoad(source, id, 0).rgb, MOST_SHARP * params.sharp));
}

// Cyan, magenta, yellow and black.
fn separated(rgb: vec3f) -> vec4f {
  let cmy = 1 - rgb;
  let black = params.gcr * pow(min(cmy.x, min(cmy.y, cmy.z)), BLACK_CURVE);
  return vec4f((cmy - black) / max(1 - black, 1e-3), black);
}

fn coverage(amount: f32, ink: u32, p: vec2f) -> f32 {
  let dots = saturate(amount + 2 * params.gain * amount * (1 - amount));
  let direction = vec2f(params.cosines[ink], params.sines[ink]);
  switch params.shape {
    case ROUND: { return roundScreen(dots, p, direction, params.period, select(0, RIM, params.exact == 1)); }
    case DIAMOND: { return diamondScreen(dots, p, direction, params.period); }
    default: { return lineScreen(dots, p, direction, params.period); }
  }
}

fn filtered(amount: f32, ink: u32, p: vec2f) -> vec3f {
  return mix(vec3f(1), params.inks[ink], coverage(amount, ink, p));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let rgb = scanned(id.xy);
  let p = params.origin + vec2f(id.xy) + select(0, EVEN, params.exact == 1);
  @if(single) let light = mix(params.paper, params.inks[BLACK], coverage(1 - luminance(rgb), BLACK, p));
  @if(!single) let amounts = separated(rgb);
  @if(!single) let light = params.paper * filtered(amounts.x, 0, p) * filtered(amounts.y, 1, p) * filtered(amounts.z, 2, p) * filtered(amounts.w, BLACK, p);
  textureStore(output, id.xy, vec4f(encodeSrgb(light), 1));
}
