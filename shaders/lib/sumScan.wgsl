// Prefix sums over the invocations of a workgroup that share a line.
// Takes and returns: sums; every invocation of the workgroup must call, because it waits for the others.
// Source: D. Hillis, G. Steele, "Data Parallel Algorithms", 1986.
const INVOCATIONS = 128u;
var<workgroup> sums: array<vec4f, INVOCATIONS>;

// The sum of all lanes up to this one. Lane k of a line is at `column + k * stride` in workgroup memory.
fn sumUpTo(own: vec4f, lane: u32, lanes: u32, column: u32, stride: u32) -> vec4f {
  let slot = column + lane * stride;
  var sum = own;
  sums[slot] = sum;
  for (var reach = 1u; reach < lanes; reach *= 2) {
    workgroupBarrier();
    var before = vec4f(0);
    if (lane >= reach) { before = sums[slot - reach * stride]; }
    workgroupBarrier();
    sum += before;
    sums[slot] = sum;
  }
  workgroupBarrier();
  return sum;
}

// After sumUpTo: the sum of all lanes of the line. The next sumUpTo must not begin before all have read it.
fn sumOfAll(lanes: u32, column: u32, stride: u32) -> vec4f {
  let all = sums[column + (lanes - 1) * stride];
  workgroupBarrier();
  return all;
}
