// Counts texels by their red value, 256 bins.
@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var<storage, read_write> histogram: array<atomic<u32>>;
@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(source))) { return; }
  atomicAdd(&histogram[u32(textureLoad(source, id.xy, 0).r * 255 + 0.5)], 1u);
}
