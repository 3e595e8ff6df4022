// Watercolour pigment on its paper: sheet (1 - (1 - C^d) painted) light, C the wash whose colours have bled, d the density of the pigment: d = 1 + clouds + clumps + tooth + wet edge.
// Reads: wash (lib/wash, a: pencil line), bled (its rgb, blurred, perhaps coarse), rim (its r, blurred a little), paper, drift, border (noises, see src/looks/watercolor.ts).
// Writes: output rgba8unorm (rgb sRGB code values), alpha 1.
// Source: A. Bousseau et al., "Interactive Watercolor Rendering with Temporal Coherence and Abstraction", 2006, section 3.2; densities on code values, as there.
import package::lib::color::fromOklab;
import package::lib::enlarge::coarseUv;
import package::lib::wash::unpackWash;

// `unit`: px of one in a picture 1024 px long. `margin`: px. `relief`: px of height per px. `bledTexel`, `noiseTexel`: px per texel of `bled`, of `drift` and `border`.
struct Params { unit: f32, edge: f32, granulation: f32, color: f32, margin: f32, pencil: f32, relief: f32, bledTexel: f32, noiseTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var wash: texture_2d<f32>;
@group(0) @binding(2) var bled: texture_2d<f32>;
@group(0) @binding(3) var rim: texture_2d<f32>;
@group(0) @binding(4) var paper: texture_2d<f32>;
@group(0) @binding(5) var drift: texture_2d<f32>;
@group(0) @binding(6) var border: texture_2d<f32>;
@group(0) @binding(7) var bilinear: sampler;
@group(0) @binding(8) var output: texture_storage_2d<rgba8unorm, write>;

// Share of the blurred colour; the rest keeps its outline.
const BLED = 0.6;
// Chroma above which a colour counts as vivid and gains no more.
const KNEE = 0.16;
// How much strength (a share) and hue (radians) drift over the sheet.
const STRENGTH_DRIFT = 0.5;
const HUE_DRIFT = 0.42;
// Pigment never gets darker than this: watercolour has no black, it mixes indigo and umber.
const DARKEST = 0.22;
const DARKS_TO = 0.55;

fn darkness(lightness: f32) -> f32 {
  return 1 - smoothstep(0, DARKS_TO, lightness);
}

// `own`: hue, strength and the mixture of the darks, [0, 1].
fn pigment(lab: vec3f, own: vec3f) -> vec3f {
  let dullness = exp(-dot(lab.yz, lab.yz) / (KNEE * KNEE));
  let strength = (1 + (params.color - 1) * dullness) * (1 + STRENGTH_DRIFT * (own.y - 0.5));
  let turn = HUE_DRIFT * (own.x - 0.5);
  let turned = mat2x2f(cos(turn), sin(turn), -sin(turn), cos(turn)) * lab.yz * strength;
  let mixture = 2 * own.z - 1;
  return vec3f(DARKEST + (1 - DARKEST) * lab.x, turned + darkness(lab.x) * vec2f(0.012 * mixture, 0.035 * mixture - 0.03));
}

// Pigment dries at the edge of a wash, outside sharp and inwards fading: only the dark side of a contour has it.
fn wetEdge(lightness: f32, wide: f32, narrow: f32) -> f32 {
  return 0.6 * saturate(9 * (wide - lightness)) + 0.6 * saturate(16 * (narrow - lightness));
}

// Px from the wandering line where the painting ends, positive inside.
fn inset(p: vec2f, size: vec2f, own: vec4f) -> f32 {
  if (params.margin == 0) { return 1e3; }
  let near = min(p, size - 1 - p);
  return min(near.x, near.y) - params.margin + 2.4 * params.margin * (own.r - 0.5) + 5 * params.unit * (own.g - 0.5);
}

fn heightAt(p: vec2i) -> f32 {
  return textureLoad(paper, clamp(p, vec2i(0), vec2i(textureDimensions(paper)) - 1), 0).a;
}

// Three neighbours in a row, by a Gaussian of half a px.
const SIDE = 0.1065;
const MIDDLE = 0.787;
// Towards the light, upper left, for a vertical part of 1.
const TO_LIGHT = vec2f(-0.6428, -0.7660) / 0.7;
// How much brighter a slope is that faces it.
const LIGHT = 0.09;

// The light on the tooth of the paper relative to that on level ground.
fn lightAt(p: vec2i) -> f32 {
  let nw = heightAt(p + vec2i(-1, -1));
  let n = heightAt(p + vec2i(0, -1));
  let ne = heightAt(p + vec2i(1, -1));
  let w = heightAt(p + vec2i(-1, 0));
  let e = heightAt(p + vec2i(1, 0));
  let sw = heightAt(p + vec2i(-1, 1));
  let s = heightAt(p + vec2i(0, 1));
  let se = heightAt(p + vec2i(1, 1));
  let rise = 0.5 * params.relief * vec2f(SIDE * (ne - nw + se - sw) + MIDDLE * (e - w), SIDE * (sw - nw + se - ne) + MIDDLE * (s - n));
  return 1 + LIGHT * ((1 - dot(rise, TO_LIGHT)) / sqrt(1 + dot(rise, rise)) - 1);
}

// From which lightness on the sheet is left white.
const BARE_FROM = 0.9;
const BARE_TO = 0.98;
const SHEET = vec3f(0.988, 0.975, 0.950);
const GRAPHITE = vec3f(0.75, 0.72, 0.66);
const THINNEST = 0.25;
const THICKEST = 3.0;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let p = vec2f(id.xy) + 0.5;
  let uv = coarseUv(p, params.noiseTexel, textureDimensions(drift));
  let water = textureSampleLevel(drift, bilinear, uv, 0);
  let rough = textureSampleLevel(border, bilinear, uv, 0);
  let grain = textureLoad(paper, id.xy, 0);
  let laid = textureLoad(wash, id.xy, 0);
  let own = unpackWash(laid.rgb);
  let around = unpackWash(textureSampleLevel(bled, bilinear, coarseUv(p, params.bledTexel, textureDimensions(bled)), 0).rgb);
  let narrow = unpackWash(vec3f(textureLoad(rim, id.xy, 0).r)).x;

  let settle = params.granulation * (1 - 0.55 * darkness(own.x));
  var density = 1 + 1.5 * (water.a - 0.5) + settle * (0.35 * (grain.b - 0.5) - 0.95 * (grain.a - 0.5)) + 1.1 * params.edge * wetEdge(own.x, around.x, narrow);
  let inside = inset(p - 0.5, vec2f(size), rough);
  // The border is partly a wet rim, partly a dry brush that the tooth breaks.
  let unit = params.unit;
  let clean = smoothstep(-1.2 * unit - 0.4, 1.2 * unit + 0.4, inside);
  let broken = smoothstep(-2 * unit, 10 * unit, inside + 26 * unit * (0.5 - grain.a));
  let dry = smoothstep(0.45, 0.6, rough.b);
  let fromRim = (inside - 1.5 * unit) / (3 * unit);
  density += 0.45 * params.edge * (1 - dry) * exp(-fromRim * fromRim);
  let bare = 0.9 * smoothstep(BARE_FROM, BARE_TO, own.x + 0.08 * (rough.a - 0.5));
  let painted = (1 - bare) * mix(clean, broken, dry);

  let color = clamp(fromOklab(pigment(vec3f(own.x, mix(own.yz, around.yz, BLED)), water.rgb)), vec3f(1e-3), vec3f(1));
  let shown = SHEET * (1 - (1 - pow(color, vec3f(clamp(density, THINNEST, THICKEST)))) * painted);
  // Graphite catches on the hills of the tooth.
  let drawn = saturate(laid.a * (0.55 + 0.9 * grain.a) * clean);
  textureStore(output, id.xy, vec4f(shown * (1 - params.pencil * drawn * GRAPHITE) * lightAt(vec2i(id.xy)), 1));
}
