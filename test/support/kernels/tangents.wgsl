// Shows tangents as a colour: the doubled angle, (cos, sin) from [-1, 1] to [0, 1], because a tangent and its opposite are one; and the anisotropy.
@group(0) @binding(0) var tangents: texture_2d<f32>;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let t = textureLoad(tangents, id.xy, 0);
  textureStore(output, id.xy, vec4f(0.5 + 0.5 * (t.x * t.x - t.y * t.y), 0.5 + t.x * t.y, t.z, 1));
}
