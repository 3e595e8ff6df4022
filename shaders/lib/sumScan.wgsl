// Prefix sums over the invocations of a workgroup that share a line.
// Takes and returns: sums; every invocation of the workgroup must call, because it waits for the others.
// Source: D. Hillis, G. Steele, "Data Parallel Algorithms", 1986.
import package::lib::blockPlace::{BlockPlace, INVOCATIONS, LINES, lanes};

struct SumScan { upTo: vec4f, all: vec4f }

var<workgroup> sums: array<vec4f, INVOCATIONS>;

// The sum of all lanes of the line up to this one, and of all of them.
@if(!subgroups)
fn sumScan(own: vec4f, place: BlockPlace) -> SumScan {
  var sum = own;
  sums[place.own] = sum;
  for (var reach = 1u; reach < lanes(); reach *= 2) {
    workgroupBarrier();
    var before = vec4f(0);
    if (place.lane >= reach) { before = sums[place.own - reach * LINES]; }
    workgroupBarrier();
    sum += before;
    sums[place.own] = sum;
  }
  workgroupBarrier();
  let all = sums[place.column + (lanes() - 1) * LINES];
  workgroupBarrier();
  return SumScan(sum, all);
}

// Within subgroups by shuffles, and then over their totals: two barriers in all.
@if(subgroups)
fn sumScan(own: vec4f, place: BlockPlace) -> SumScan {
  let size = place.subgroupSize;
  let within = place.own % size;
  var sum = own;
  for (var reach = LINES; reach < size; reach *= 2) {
    let before = subgroupShuffle(sum, max(within, reach) - reach);
    if (within >= reach) { sum += before; }
  }
  if (within + LINES >= size) { sums[place.subgroup * LINES + place.column] = sum; }
  workgroupBarrier();
  var all = vec4f(0);
  for (var k = 0u; k < INVOCATIONS / size; k++) {
    if (k == place.subgroup) { sum += all; }
    all += sums[k * LINES + place.column];
  }
  workgroupBarrier();
  return SumScan(sum, all);
}
