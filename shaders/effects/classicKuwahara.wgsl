// Kuwahara filter: the mean of that of the four quadrants around a pixel, itself in each, which varies least.
// Reads: boxes (mean rgb - 1/2 and variance of the box whose last pixel is there: classicKuwaharaSums.wgsl). Writes: output rgba8unorm, alpha 1.
// Source: M. Kuwahara et al., "Processing of RI-angiocardiographic images", 1976.
import package::lib::kuwahara::CENTER;

struct Params { radius: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var boxes: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  var best = textureLoad(boxes, id.xy, 0);
  best = calmer(best, textureLoad(boxes, id.xy + vec2u(params.radius, 0), 0));
  best = calmer(best, textureLoad(boxes, id.xy + vec2u(0, params.radius), 0));
  best = calmer(best, textureLoad(boxes, id.xy + params.radius, 0));
  textureStore(output, id.xy, vec4f(best.rgb + CENTER, 1));
}

fn calmer(a: vec4f, b: vec4f) -> vec4f {
  return select(a, b, b.a < a.a);
}
