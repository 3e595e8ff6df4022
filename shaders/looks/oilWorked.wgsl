// Where oil paint was worked with a fine brush or the point: max(smoothstep(0.6 T, 1.4 T, |missed|), smoothstep(T, 2.2 T, left)), T the tolerance; at half the size.
// Reads: missed (rgb differences, texels of missedTexel px), left (r, rgb distance, texels of leftTexel px). Writes: output r32float in [0, 1].
// Source: ours; the misfits are those of A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", 1998.
import package::lib::enlarge::coarseUv;
struct Params { tolerance: f32, missedTexel: f32, leftTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var missed: texture_2d<f32>;
@group(0) @binding(2) var left: texture_2d<f32>;
@group(0) @binding(3) var bilinear: sampler;
@group(0) @binding(4) var output: texture_storage_2d<r32float, write>;

const TEXEL = 2u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let middle = vec2f(id.xy * TEXEL) + 1;
  let wrong = length(textureSampleLevel(missed, bilinear, coarseUv(middle, params.missedTexel, textureDimensions(missed)), 0).rgb);
  let still = textureSampleLevel(left, bilinear, coarseUv(middle, params.leftTexel, textureDimensions(left)), 0).r;
  let corrected = smoothstep(0.6 * params.tolerance, 1.4 * params.tolerance, wrong);
  let touched = smoothstep(params.tolerance, 2.2 * params.tolerance, still);
  textureStore(output, id.xy, vec4f(max(corrected, touched)));
}
