// total += amount, in one number
struct Params { amount: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> total: array<f32>;
@compute @workgroup_size(1)
fn main() {
  total[0] += params.amount;
}
