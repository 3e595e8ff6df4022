// other += total, in one number
@group(0) @binding(0) var<storage, read> total: array<f32>;
@group(0) @binding(1) var<storage, read_write> other: array<f32>;
@compute @workgroup_size(1)
fn main() {
  other[0] += total[0];
}
