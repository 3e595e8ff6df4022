// Prefix products of affine maps y -> value + gain * y over the invocations of a workgroup that share a line: what a linear recursion needs to go
// on from any sample. compose(f, g) is g after f.
// Takes and returns: maps; every invocation of the workgroup must call, because it waits for the others.
// Source: G. Blelloch, "Prefix Sums and Their Applications", 1990, sec. 1.4 (recurrences as scans); Hillis & Steele, 1986 (the order of steps).
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

const INVOCATIONS = 128u;
var<workgroup> maps: array<Affine, INVOCATIONS>;

// The composition of the maps of all lanes before this one. Lane k of a line is at `column + k * stride` in workgroup memory.
fn composedBefore(own: Affine, lane: u32, lanes: u32, column: u32, stride: u32) -> Affine {
  let slot = column + lane * stride;
  var sum = own;
  maps[slot] = sum;
  for (var reach = 1u; reach < lanes; reach *= 2) {
    workgroupBarrier();
    var before = identity();
    if (lane >= reach) { before = maps[slot - reach * stride]; }
    workgroupBarrier();
    sum = compose(before, sum);
    maps[slot] = sum;
  }
  workgroupBarrier();
  var before = identity();
  if (lane > 0) { before = maps[slot - stride]; }
  workgroupBarrier();
  return before;
}
