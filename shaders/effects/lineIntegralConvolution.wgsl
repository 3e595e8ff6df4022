// What was integrated along the flow, over the picture: out = source + amount (shown - source); shown is `lines`, or with `scalar` 1/2 + gain (lines - 1/2) in grey.
// Reads: source (rgb sRGB code values), lines (passes/flowGaussian of one of the two). Writes: output rgba8unorm, alpha 1.
// Source: B. Cabral and L. Leedom, "Imaging Vector Fields Using Line Integral Convolution", 1993.
@if(scalar) struct Params { amount: f32, gain: f32 }
@else struct Params { amount: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var lines: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

@if(scalar) fn shown(texel: vec4f) -> vec3f { return vec3f(saturate(0.5 + params.gain * (texel.r - 0.5))); }
@else fn shown(texel: vec4f) -> vec3f { return texel.rgb; }

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, vec4f(mix(textureLoad(source, id.xy, 0).rgb, shown(textureLoad(lines, id.xy, 0)), params.amount), 1));
}
