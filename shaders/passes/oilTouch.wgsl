// The last touches of a painting, with the point of the brush: out = mix(canvas, fine, 0.9 smoothstep(low, high, left)).
// Reads: canvas (rgb sRGB code values, height), fine (rgb), left (r, rgb distance of the two, blurred; texels of leftTexel px, interpolated). Writes: output rgba16float (rgb, height as it was, or 1 where it is not `raised`).
// Source: A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", 1998 (the misfit).
import package::lib::enlarge::coarseUv;
struct Params { low: f32, high: f32, leftTexel: f32, raised: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var canvas: texture_2d<f32>;
@group(0) @binding(2) var fine: texture_2d<f32>;
@group(0) @binding(3) var left: texture_2d<f32>;
@group(0) @binding(4) var bilinear: sampler;
@group(0) @binding(5) var output: texture_storage_2d<rgba16float, write>;

const MOST = 0.9;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let own = textureLoad(canvas, id.xy, 0);
  let lacking = textureSampleLevel(left, bilinear, coarseUv(vec2f(id.xy) + 0.5, params.leftTexel, textureDimensions(left)), 0).r;
  let touch = MOST * smoothstep(params.low, params.high, lacking);
  textureStore(output, id.xy, vec4f(mix(own.rgb, textureLoad(fine, id.xy, 0).rgb, touch), mix(1, own.a, params.raised)));
}
