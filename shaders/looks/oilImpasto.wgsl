// Height of oil paint: body (0.3 + 0.7 L)(1 - 0.72 worked)(0.55 strokes + 0.13 bristles), fat lights and lean darks, thin where the brush was fine, and cloth that shows where paint is thin.
// Reads: canvas (rgb sRGB code values, height of the strokes), bristles (r, mean 1/2), worked (r in [0, 1], texels of workedTexel px), cloth (r in [0, 1]). Writes: output r32float, about [0, 1].
// Source: ours; after A. Hertzmann, "Fast Paint Texture", 2002.
import package::lib::color::toOklab;
import package::lib::enlarge::enlarged;

// `body` and `cloth`: their strengths.
struct Params { body: f32, cloth: f32, workedTexel: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var canvas: texture_2d<f32>;
@group(0) @binding(2) var bristles: texture_2d<f32>;
@group(0) @binding(3) var worked: texture_2d<f32>;
@group(0) @binding(4) var cloth: texture_2d<f32>;
@group(0) @binding(5) var output: texture_storage_2d<r32float, write>;

// Averaging along the flow leaves noise a fifth of its contrast.
const SPREAD = 5.0;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let paint = textureLoad(canvas, id.xy, 0);
  let L = toOklab(paint.rgb).x;
  let fine = enlarged(worked, id.xy, params.workedTexel).r;
  let streaks = SPREAD * (textureLoad(bristles, id.xy, 0).r - 0.5);
  let body = params.body * (0.3 + 0.7 * L) * (1 - 0.72 * fine) * (0.55 * paint.a + 0.13 * streaks);
  let showing = params.cloth * textureLoad(cloth, id.xy, 0).r * (1 - 0.75 * smoothstep(0.25, 0.85, L)) * (1 - 0.4 * fine);
  textureStore(output, id.xy, vec4f(body + showing));
}
