// What a canvas lacks: wanted - canvas, or with `scalar` the length of that.
// Reads: wanted, canvas (rgb sRGB code values, equal size). Writes: output rgba16float in [-1, 1], alpha 1; with `scalar` r32float in [0, sqrt 3].
// Source: A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", 1998, section 2.1.
@group(0) @binding(0) var wanted: texture_2d<f32>;
@group(0) @binding(1) var canvas: texture_2d<f32>;
@if(scalar) @group(0) @binding(2) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

@if(scalar) fn shown(difference: vec3f) -> vec4f { return vec4f(length(difference)); }
@else fn shown(difference: vec3f) -> vec4f { return vec4f(difference, 1); }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, shown(textureLoad(wanted, id.xy, 0).rgb - textureLoad(canvas, id.xy, 0).rgb));
}
