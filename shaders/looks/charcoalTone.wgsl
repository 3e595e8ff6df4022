// Tone and contours of a charcoal drawing: the smudged masses with their small accents back, separated, with a shoulder towards velvet black; and the lines of lib/lines.
// Reads: lines and tangents (passes/lineField), mass (r smudged), shapes (g lightness of the large shapes), both of half the size. Writes: output rgba8unorm: r dark, g edge, both [0, 1].
// Source: ours.
import package::lib::enlarge::coarseUv;
import package::lib::lines::contourAt;

struct Params { contrast: f32, threshold: f32, texel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var lines: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var mass: texture_2d<f32>;
@group(0) @binding(4) var shapes: texture_2d<f32>;
@group(0) @binding(5) var bilinear: sampler;
@group(0) @binding(6) var output: texture_storage_2d<rgba8unorm, write>;

// What is darker than its shape, as an eye, stays when the shape is smudged.
const ACCENT = 0.45;
// The tone that contrast leaves alone.
const MIDDLE = 0.42;
const SOFTNESS = 2.6;
const WEIGHTS = vec2f(0.85, 1);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let at = coarseUv(vec2f(id.xy) + 0.5, params.texel, textureDimensions(mass));
  let accented = textureSampleLevel(mass, bilinear, at, 0).r + ACCENT * (textureSampleLevel(shapes, bilinear, at, 0).g - saturate(textureLoad(lines, id.xy, 0).r));
  let separated = saturate(MIDDLE + params.contrast * (accented - MIDDLE));
  let dark = pow(1 - exp(-1.9 * separated) * (1 - 0.55 * separated), 1.25);
  let edge = contourAt(lines, tangents, id.xy, params.threshold, SOFTNESS, WEIGHTS);
  textureStore(output, id.xy, vec4f(dark, edge, 0, 1));
}
