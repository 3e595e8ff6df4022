// A painted frame that goes on from the one before: mix(clamp(before), now, weight), before taken where the place was, and held between what is painted around it now, unless the place stands still.
// Reads: painted (rgb), previous, motion (texels of `cell` px), repainted (in [0, 1], texels of `texel` px), scene. Writes: output rgba16float, alpha 1.
// Source: B. Karis, "High-Quality Temporal Supersampling", SIGGRAPH 2014 course.
import package::lib::enlarge::coarseUv;
import package::lib::memory::weightOfNow;

struct Params { cell: f32, texel: f32, least: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var painted: texture_2d<f32>;
@group(0) @binding(2) var previous: texture_2d<f32>;
@group(0) @binding(3) var motion: texture_2d<f32>;
@group(0) @binding(4) var repainted: texture_2d<f32>;
@group(0) @binding(5) var scene: texture_2d<f32>;
@group(0) @binding(6) var bilinear: sampler;
@group(0) @binding(7) var output: texture_storage_2d<rgba16float, write>;

// How new a place may be that is still not held at all: what flickers there are strokes, not things.
const STILL = 0.25;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(output);
  if (any(id.xy >= size)) { return; }
  let place = vec2f(id.xy) + 0.5;
  var moved = textureSampleLevel(motion, bilinear, coarseUv(place, params.cell, textureDimensions(motion)), 0);
  moved.z = max(moved.z, textureSampleLevel(repainted, bilinear, coarseUv(place, params.texel, textureDimensions(repainted)), 0).r);
  let wasAt = (place - moved.xy) / vec2f(size);
  let state = textureLoad(scene, vec2u(0), 0);
  let weight = weightOfNow(moved, state, wasAt, params.least);
  let own = textureLoad(painted, id.xy, 0).rgb;
  if (weight == 1) {
    textureStore(output, id.xy, vec4f(own, 1));
    return;
  }
  var least = own;
  var most = own;
  for (var y = -1; y <= 1; y++) {
    for (var x = -1; x <= 1; x++) {
      let near = textureLoad(painted, clamp(vec2i(id.xy) + vec2i(x, y), vec2i(0), vec2i(size) - 1), 0).rgb;
      least = min(least, near);
      most = max(most, near);
    }
  }
  let slack = saturate(1 - max(moved.z, state.z) / STILL);
  let before = textureSampleLevel(previous, bilinear, wasAt, 0).rgb;
  textureStore(output, id.xy, vec4f(mix(clamp(before, least - slack, most + slack), own, weight), 1));
}
