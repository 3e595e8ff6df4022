// The shapes of a watercolour: out = mix(broad, fine, m) read at p + reach (2 w - 1), where m = smoothstep(low, high, map) is high where the broad brush lost something.
// Reads: broad, fine (rgb sRGB code values), map (passes/detailMap, r), waver (r, g: w, one for each direction). Writes: output rgba8unorm, alpha 1.
// Source: A. Bousseau et al., "Interactive Watercolor Rendering with Temporal Coherence and Abstraction", 2006, section 3.2 (wobbling).
import package::lib::enlarge::coarseUv;

// `reach`: the largest shift in px. `mapTexel`: px per texel of `map`.
struct Params { reach: f32, low: f32, high: f32, mapTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var broad: texture_2d<f32>;
@group(0) @binding(2) var fine: texture_2d<f32>;
@group(0) @binding(3) var map: texture_2d<f32>;
@group(0) @binding(4) var waver: texture_2d<f32>;
@group(0) @binding(5) var bilinear: sampler;
@group(0) @binding(6) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = vec2f(id.xy) + 0.5 + params.reach * (2 * textureLoad(waver, id.xy, 0).rg - 1);
  let uv = p / vec2f(textureDimensions(broad));
  let lost = textureSampleLevel(map, bilinear, coarseUv(p, params.mapTexel, textureDimensions(map)), 0).r;
  let worked = smoothstep(params.low, params.high, lost);
  let color = mix(textureSampleLevel(broad, bilinear, uv, 0).rgb, textureSampleLevel(fine, bilinear, uv, 0).rgb, worked);
  textureStore(output, id.xy, vec4f(color, 1));
}
