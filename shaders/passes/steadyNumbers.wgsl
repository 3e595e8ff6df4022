// Numbers of a whole picture, steadied: mix(before, now, weight), where the weight grows with what has changed and with the camera's motion, and is 1 in another scene.
// Reads: now, previous (a texel a vector), scene. Writes: steady and current, the same.
// Source: exponential smoothing, as of shaders/passes/paletteLed.wgsl.
struct Params { count: u32, least: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> now: array<vec4f>;
@group(0) @binding(2) var previous: texture_2d<f32>;
@group(0) @binding(3) var scene: texture_2d<f32>;
@group(0) @binding(4) var<storage, read_write> steady: array<vec4f>;
@group(0) @binding(5) var current: texture_storage_2d<rgba32float, write>;

// By how much the weight grows with a change of 1.
const HURRY = 4.0;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.count) { return; }
  let own = now[id.x];
  let before = textureLoad(previous, id.xy, 0);
  let change = abs(own - before);
  let state = textureLoad(scene, vec2u(0), 0);
  let weight = max(saturate(params.least + HURRY * max(max(change.x, change.y), max(change.z, change.w))), state.z);
  let led = select(mix(before, own, weight), own, weight == 1 || state.y > 0);
  steady[id.x] = led;
  textureStore(current, id.xy, led);
}
