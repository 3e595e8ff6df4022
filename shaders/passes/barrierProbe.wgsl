// Work whose only purpose is to take time: each invocation adds what its neighbours left in workgroup memory, round after round.
// Writes: output, so that no compiler can leave the work out. The variant `barriers` waits for all invocations in each round; the other has the same work without.
// Source: none.
@group(0) @binding(0) var<storage, read_write> output: array<u32>;

const INVOCATIONS = 128u;
const ROUNDS = 32u;

var<workgroup> left: array<u32, INVOCATIONS>;

@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) own: u32) {
  var sum = own;
  for (var round = 0u; round < ROUNDS; round++) {
    left[own] = sum;
    @if(barriers) workgroupBarrier();
    sum += left[(own + round) % INVOCATIONS];
    @if(barriers) workgroupBarrier();
  }
  if (sum == 0) { output[group.x] = sum; }
}
