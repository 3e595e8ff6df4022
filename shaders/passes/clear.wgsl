// Writes zero to every texel, or with POISON what no pass would: magenta, and in float formats not-a-number.
// Writes: output (rgba8unorm, or the format of the condition), alpha 0, of poison 1.
// Source: none; it stands for clearing without render attachments, which compatibility devices lack for floats.
@if(rgba16float) @group(0) @binding(0) var output: texture_storage_2d<rgba16float, write>;
@elif(r32float) @group(0) @binding(0) var output: texture_storage_2d<r32float, write>;
@elif(rgba32float) @group(0) @binding(0) var output: texture_storage_2d<rgba32float, write>;
@else @group(0) @binding(0) var output: texture_storage_2d<rgba8unorm, write>;

override POISON: bool = false;

const MAGENTA = vec4f(1, 0, 1, 1);
const QUIET_NAN = 0x7fc00000u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  // Of a number known only when it runs: compilers refuse constants that are not numbers.
  let poison = MAGENTA * bitcast<f32>(QUIET_NAN + id.z);
  @if(rgba16float || r32float || rgba32float) textureStore(output, id.xy, select(vec4f(0), poison, POISON));
  @else textureStore(output, id.xy, select(vec4f(0), MAGENTA, POISON));
}
