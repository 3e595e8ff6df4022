// Prefix products of affine maps y -> value + gain * y over the invocations of a workgroup that share a line: what a linear recursion needs to go
// on from any sample. compose(f, g) is g after f.
// Takes and returns: maps; every invocation of the workgroup must call, because it waits for the others.
// Source: G. Blelloch, "Prefix Sums and Their Applications", 1990, sec. 1.4 (recurrences as scans); Hillis & Steele, 1986 (the order of steps).
import package::lib::blockPlace::{BlockPlace, INVOCATIONS, LINES, lanes};
import package::lib::recursiveState::Value;

struct Affine { value: Value, gain: f32 }

fn identity() -> Affine {
  return Affine(Value(), 1);
}

fn compose(f: Affine, g: Affine) -> Affine {
  return Affine(g.value + g.gain * f.value, g.gain * f.gain);
}

fn applied(f: Affine, y: Value) -> Value {
  return f.value + f.gain * y;
}

var<workgroup> maps: array<Affine, INVOCATIONS>;

// The composition of the maps of all lanes before this one; with `back`, of all lanes behind it, the last first.
@if(!subgroups)
fn composedBefore(own: Affine, place: BlockPlace, back: bool) -> Affine {
  let lane = select(place.lane, lanes() - 1 - place.lane, back);
  let slot = place.column + lane * LINES;
  var sum = own;
  maps[slot] = sum;
  for (var reach = 1u; reach < lanes(); reach *= 2) {
    workgroupBarrier();
    var before = identity();
    if (lane >= reach) { before = maps[slot - reach * LINES]; }
    workgroupBarrier();
    sum = compose(before, sum);
    maps[slot] = sum;
  }
  workgroupBarrier();
  var before = identity();
  if (lane > 0) { before = maps[slot - LINES]; }
  workgroupBarrier();
  return before;
}

// Within subgroups by shuffles, and then over their totals: two barriers in all.
@if(subgroups)
fn composedBefore(own: Affine, place: BlockPlace, back: bool) -> Affine {
  let size = place.subgroupSize;
  let within = place.own % size;
  let at = select(within, size - 1 - within, back);
  var sum = own;
  for (var reach = LINES; reach < size; reach *= 2) {
    let before = fetched(sum, at, reach, size, back);
    if (at >= reach) { sum = compose(before, sum); }
  }
  if (at + LINES >= size) { maps[place.subgroup * LINES + place.column] = sum; }
  workgroupBarrier();
  var before = identity();
  let subgroups = INVOCATIONS / size;
  let order = select(place.subgroup, subgroups - 1 - place.subgroup, back);
  for (var k = 0u; k < order; k++) { before = compose(before, maps[select(k, subgroups - 1 - k, back) * LINES + place.column]); }
  workgroupBarrier();
  let neighbor = fetched(sum, at, LINES, size, back);
  if (at >= LINES) { before = compose(before, neighbor); }
  return before;
}

// What the invocation `reach` places earlier in the subgroup holds.
@if(subgroups)
fn fetched(map: Affine, at: u32, reach: u32, size: u32, back: bool) -> Affine {
  let earlier = max(at, reach) - reach;
  let source = select(earlier, size - 1 - earlier, back);
  return Affine(subgroupShuffle(map.value, source), subgroupShuffle(map.gain, source));
}
