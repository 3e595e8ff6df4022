// What a canvas lacks: wanted - canvas, with `half` the mean of that over 2x2 pixels.
// Reads: wanted, canvas (rgb sRGB code values, equal size). Writes: output rgba16float in [-1, 1], alpha 1; with `half` of half the size.
// Source: A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", 1998, section 2.1.
@group(0) @binding(0) var wanted: texture_2d<f32>;
@group(0) @binding(1) var canvas: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

fn lackAt(p: vec2u) -> vec3f {
  let at = min(p, textureDimensions(canvas) - 1);
  return textureLoad(wanted, at, 0).rgb - textureLoad(canvas, at, 0).rgb;
}

@if(half) fn lackOf(p: vec2u) -> vec3f { return 0.25 * (lackAt(2 * p) + lackAt(2 * p + vec2u(1, 0)) + lackAt(2 * p + vec2u(0, 1)) + lackAt(2 * p + vec2u(1, 1))); }
@else fn lackOf(p: vec2u) -> vec3f { return lackAt(p); }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(lackOf(id.xy), 1));
}
