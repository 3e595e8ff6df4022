struct Params { direction: vec2i, radius: i32, weights: array<vec4f, 16> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@if(scalar) @group(0) @binding(2) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  textureStore(output, id.xy, textureLoad(source, id.xy, 0) * params.weights[0].x);
}
