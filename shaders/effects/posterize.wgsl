// Few steps of lightness and, with `steps.y` above 0, of chroma: each tone takes the nearest of evenly spaced ones, its hue stays; out = mix(source, stepped, strength).
// Reads: source (rgb sRGB code values), colors (OKLab). Writes: output rgba8unorm, alpha 1.
// Source: H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", 2006 (risers as steep as the picture); the limit that pixels set is ours.
import package::lib::color::fromOklab;
import package::lib::gamut::intoGamut;
import package::lib::softQuantise::{ EDGE_GAIN, softQuantised, steepnessAt };

// steps: of lightness and of chroma. softness: how much of a step is its riser, in [0, 1]. unit: px.
struct Params { steps: vec2f, softness: f32, strength: f32, unit: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var colors: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// Of the strongest colour that sRGB has, a magenta.
const MOST_CHROMA = 0.3225;
const WHOLE = vec2f(1, MOST_CHROMA);
// Steepness of a riser that takes half of the step, where the picture is flat.
const HALF_STEP = 2.0;
const LEAST_SOFTNESS = 1e-3;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let lab = textureLoad(colors, id.xy, 0).xyz;
  let tone = toneOf(lab);
  let slope = slopes(vec2i(id.xy));
  let light = stepped(tone.x, slope.x, 0);
  let chroma = select(tone.y, stepped(tone.y, slope.y, 1), params.steps.y > 0);
  let posterized = fromOklab(intoGamut(vec3f(light, lab.yz * (chroma / max(tone.y, 1e-6)))));
  textureStore(output, id.xy, vec4f(mix(textureLoad(source, id.xy, 0).rgb, saturate(posterized), params.strength), 1));
}

// Lightness and chroma.
fn toneOf(lab: vec3f) -> vec2f {
  return vec2f(lab.x, length(lab.yz));
}

fn stepped(tone: f32, slope: f32, part: u32) -> f32 {
  let perStep = params.steps[part] / WHOLE[part];
  let flat = HALF_STEP * (1 / max(params.softness, LEAST_SOFTNESS) - 1);
  let steepness = steepnessAt(slope / WHOLE[part], params.unit, params.steps[part], flat * vec2f(1, EDGE_GAIN));
  // Risers half way between two treads, so that 0 and the whole stay themselves.
  return (softQuantised(tone * perStep + 0.5, steepness) - 0.5) / perStep;
}

// Per px, by central differences, clamped at the edge.
fn slopes(p: vec2i) -> vec2f {
  let dx = toneAt(p + vec2i(1, 0)) - toneAt(p - vec2i(1, 0));
  let dy = toneAt(p + vec2i(0, 1)) - toneAt(p - vec2i(0, 1));
  return 0.5 * sqrt(dx * dx + dy * dy);
}

fn toneAt(p: vec2i) -> vec2f {
  return toneOf(textureLoad(colors, clamp(p, vec2i(0), vec2i(textureDimensions(colors)) - 1), 0).xyz);
}
