// A texture that stretches over a moving picture, steadied: mix(what it was where this place was before, now, weight).
// Reads: now, previous (any format and range, equal size, texels of `texel` px), motion (texels of `cell` px), scene. Writes: output rgba16float, range as now.
// Source: exponential smoothing along the motion.
import package::lib::enlarge::coarseUv;
import package::lib::memory::weightOfNow;

struct Params { size: vec2f, texel: f32, cell: f32, least: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var now: texture_2d<f32>;
@group(0) @binding(2) var previous: texture_2d<f32>;
@group(0) @binding(3) var motion: texture_2d<f32>;
@group(0) @binding(4) var scene: texture_2d<f32>;
@group(0) @binding(5) var bilinear: sampler;
@group(0) @binding(6) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let place = min((vec2f(id.xy) + 0.5) * params.texel, params.size);
  let moved = textureSampleLevel(motion, bilinear, coarseUv(place, params.cell, textureDimensions(motion)), 0);
  let weight = weightOfNow(moved, textureLoad(scene, vec2u(0), 0), (place - moved.xy) / params.size, params.least);
  let own = textureLoad(now, id.xy, 0);
  let before = textureSampleLevel(previous, bilinear, (vec2f(id.xy) + 0.5 - moved.xy / params.texel) / vec2f(textureDimensions(previous)), 0);
  // What is kept of nothing may be anything.
  textureStore(output, id.xy, select(mix(before, own, weight), own, weight == 1));
}
