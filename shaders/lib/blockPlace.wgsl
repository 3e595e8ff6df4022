// Where an invocation of a workgroup of 128 stands when LINES lines are side by side in it: lane 0 of each line first, then lane 1 of each.
// Takes and returns: numbers from 0.
// Source: none.
const INVOCATIONS = 128u;

// Lines side by side in a workgroup: neighbouring columns share cache lines, rows do not.
override LINES: u32;

// `own`: number in the workgroup. With subgroups that is counted along them, because WGSL does not say how the local index runs through them.
struct BlockPlace { own: u32, column: u32, lane: u32, subgroup: u32, subgroupSize: u32 }

fn blockPlace(own: u32, subgroup: u32, subgroupSize: u32) -> BlockPlace {
  return BlockPlace(own, own % LINES, own / LINES, subgroup, subgroupSize);
}

// How many invocations a line has.
fn lanes() -> u32 {
  return INVOCATIONS / LINES;
}
