// Three drums of a Risograph, one after the other: each ink is out of register, screened and grainy, and covers unevenly. light = paper product mix(1, ink, coverage), linear;
// coverage of an area, area = (1 - e^(-full m)) / (1 - e^(-full)) of an amount m.
// Reads: amounts (rgb, of the three inks), specks (rgb, evened noise, fine), drums (rgb, coarse noise), all in [0, 1]. Writes: output rgba8unorm, sRGB code values.
// Source: A. Murray, "Monochrome reproduction in photoengraving", 1936 (area of a density); H. E. J. Neugebauer, 1937 (overprints); the unevenness of the drums is by eye.
import package::lib::color::encodeSrgb;
import package::lib::enlarge::coarseUv;
import package::lib::screen::screen;

// By ink: `moves` shift in px and turn in radians, `cosines` and `sines` of the screens' angles, `inks` in linear light, `full` the strongest density of each. `drumTexel`: px per texel of `drums`.
struct Params { period: f32, grain: f32, uneven: f32, drumTexel: f32, paper: vec3f, full: vec3f, cosines: vec3f, sines: vec3f, moves: array<vec3f, 3>, inks: array<vec3f, 3> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var amounts: texture_2d<f32>;
@group(0) @binding(2) var specks: texture_2d<f32>;
@group(0) @binding(3) var drums: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba8unorm, write>;

// How sharply an area becomes grain, and below which area there is none.
const GRAIN_STEEPNESS = 2.2;
const LEAST_GRAIN = 0.05;
// The best that a drum covers; the share of its unevenness that is slow, and the evened noise above which a speck is missing.
const MOST = 0.97;
const SLOW = 0.5;
const MISSING = 0.9278;

fn filtered(ink: u32, p: vec2f, size: vec2f, speck: f32, drum: f32) -> vec3f {
  let shift = params.moves[ink];
  let q = p - 0.5 * size;
  let at = p + shift.xy + shift.z * vec2f(-q.y, q.x);
  let amount = textureSampleLevel(amounts, bilinear, (at + 0.5) / size, 0)[ink];
  let full = params.full[ink];
  let area = (1 - exp(-full * amount)) / (1 - exp(-full));
  let dots = screen(area, at, vec2f(params.cosines[ink], params.sines[ink]), params.period);
  let rough = saturate(GRAIN_STEEPNESS * (area - speck) + 0.5) * smoothstep(0, LEAST_GRAIN, area);
  let gaps = params.uneven * mix(select(0.0, 1.0, speck > MISSING), drum, SLOW);
  return mix(vec3f(1), params.inks[ink], mix(dots, rough, params.grain) * MOST * (1 - gaps));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy);
  let size = vec2f(textureDimensions(output));
  let speck = textureLoad(specks, id.xy, 0);
  let drum = textureSampleLevel(drums, bilinear, coarseUv(p + 0.5, params.drumTexel, textureDimensions(drums)), 0);
  let light = params.paper * filtered(0, p, size, speck.r, drum.r) * filtered(1, p, size, speck.g, drum.g) * filtered(2, p, size, speck.b, drum.b);
  textureStore(output, id.xy, vec4f(encodeSrgb(light), 1));
}
