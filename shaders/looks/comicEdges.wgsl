// How dark the lines of a comic are before they are inked: the lines of lib/lines at two widths, alike, times `lines`.
// Reads: lines and tangents (passes/lineField). Writes: output rgba8unorm, [0, 1] in r; g and b 0, a 1.
// Source: H. Winnemoeller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium", 2012.
import package::lib::lines::contourAt;

struct Params { lines: f32, threshold: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var lines: texture_2d<f32>;
@group(0) @binding(2) var tangents: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

const SOFTNESS = 1.2;
const WEIGHTS = vec2f(1);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let edge = contourAt(lines, tangents, id.xy, params.threshold, SOFTNESS, WEIGHTS);
  textureStore(output, id.xy, vec4f(params.lines * edge, 0, 0, 1));
}
