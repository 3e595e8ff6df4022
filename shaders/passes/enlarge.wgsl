// Enlarges a reduced texture, bilinear: out(p) = coarse((p + 1/2) / factor - 1/2).
// Reads: coarse (any format). Writes: output rgba16float, or with `scalar` r32float from the first channel; same range.
// Source: none; the counterpart of reduce.wgsl.
import package::lib::enlarge::enlarged;

struct Params { factor: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var coarse: texture_2d<f32>;
@if(scalar) @group(0) @binding(2) var output: texture_storage_2d<r32float, write>;
@else @group(0) @binding(2) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  textureStore(output, id.xy, enlarged(coarse, id.xy, params.factor));
}
