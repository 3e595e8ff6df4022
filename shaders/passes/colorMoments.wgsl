// Coarser level that keeps the variance: mean colour of texel x texel pixels, and sqrt(E|c|^2 - |E c|^2) over twice as wide a window around them.
// Reads: source (rgb sRGB code values, clamped at the edge). Writes: output rgba8unorm at 1 / texel of the size, rounded up: mean in rgb, deviation in a, at most 0.87.
// Source: performance.md 9.1: a plain mip lacks the second moment, which any variance filter needs. A deviation has fine steps where variances are small, so eight bits do.
import package::lib::kuwahara::CENTER;

// `texel`: side of a texel in pixels, an even number.
struct Params { texel: i32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

// No parameter can make the loops longer.
const MAX_TEXEL = 64;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let end = vec2i(textureDimensions(source)) - 1;
  let texel = min(params.texel, MAX_TEXEL);
  let corner = texel * vec2i(id.xy);
  // A tap lies between texels and stands for what differs between them as well, hence the wider window: it is worth 1 dB.
  let margin = texel / 2;
  var sum = vec3f(0);
  var wide = vec4f(0);
  for (var y = -margin; y < texel + margin; y++) {
    for (var x = -margin; x < texel + margin; x++) {
      let color = textureLoad(source, clamp(corner + vec2i(x, y), vec2i(0), end), 0).rgb - CENTER;
      wide += vec4f(color, dot(color, color));
      sum += select(vec3f(0), color, min(x, y) >= 0 && max(x, y) < texel);
    }
  }
  let count = f32(texel * texel);
  let moments = wide / (4 * count);
  textureStore(output, id.xy, vec4f(sum / count + CENTER, sqrt(max(0, moments.a - dot(moments.rgb, moments.rgb)))));
}
