// What the pencils must take away from the light of white paper: density = -ln of the picture's colours, leveled, lifted to a light hand, and richer.
// Reads: source (rgb sRGB code values), levels (passes/levels of OKLab L). Writes: output rgba16float, rgb density from 0 to 3.2, a how hard the hand presses, [0, 1].
// Source: none; the numbers found by eye.
import package::lib::color::{ fromOklab, toOklab };
import package::lib::levels::leveled;

struct Params { saturation: f32, lift: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> levels: vec4f;
@group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

// Lightness of OKLab below which no pencil goes, and the least light that paper under it gives back.
const DARKEST = 0.22;
const LEAST_LIGHT = 0.04;
// Density at which the hand presses fully.
const FULL = 1.6;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = toOklab(textureLoad(source, id.xy, 0).rgb);
  let lightness = mix(leveled(lab.x, levels.xyz), 1, params.lift);
  let code = fromOklab(vec3f(mix(DARKEST, 1, lightness), params.saturation * lab.yz));
  let density = -log(clamp(code, vec3f(LEAST_LIGHT), vec3f(1)));
  textureStore(output, id.xy, vec4f(density, saturate(max(density.r, max(density.g, density.b)) / FULL)));
}
