// A pixel of a recursive filter, packed: its colour, and how far the guide steps to it from the pixel before it on its row and on its column.
// Takes and returns: values from 0 to LARGEST, stored as whole numbers; steps as `stepAt` reads them, in units of the uniform that weights them.
// Source: none. Colour, 8 bytes: red in 12 bits, green and blue in 16, each step in 10 as |dr| + |dg| + |db| in 255ths, which is exact for guides
// of 8 bits. With `scalar`, 4 bytes: the value in 16 bits, each step in 8 as its root, because small steps are the ones that must be told apart.
@if(scalar) alias State = u32;
@else alias State = vec2u;
@if(scalar) alias Value = f32;
@else alias Value = vec3f;

@if(scalar) const LARGEST = 65535.0;
@else const LARGEST = vec3f(4095, 65535, 65535);

// Where the step along a row and the one along a column begin in a state, in bits, and what masks them.
@if(scalar) const STEPS_AT = vec2u(16, 24);
@else const STEPS_AT = vec2u(12, 22);
@if(scalar) const STEP_MASK = 0xffu;
@else const STEP_MASK = 0x3ffu;

// Adding this to a number from 0 to 2^22 rounds it to a whole number, which is then in the low bits of the sum. Much cheaper on CPUs than the
// conversion WGSL asks for, and no dearer on GPUs.
const ROUNDING = 8388608.0;

@if(scalar) fn valueIn(state: State) -> Value { return f32(i32(state & 0xffff)); }
@else fn valueIn(state: State) -> Value { return vec3f(vec3i(vec3u(state.x & 0xfff, state.y & 0xffff, state.y >> 16))); }

@if(scalar)
fn withValue(state: State, value: Value) -> State {
  return (state & 0xffff0000) | (bitcast<u32>(value + ROUNDING) & 0xffff);
}
@else
fn withValue(state: State, value: Value) -> State {
  let whole = bitcast<vec3u>(value + ROUNDING);
  return vec2u((state.x & 0xfffff000) | (whole.r & 0xfff), (whole.g & 0xffff) | (whole.b << 16));
}

// The step that begins at bit `at`.
@if(scalar)
fn stepAt(state: State, at: u32) -> f32 {
  let root = f32(i32((state >> at) & STEP_MASK));
  return root * root;
}
@else fn stepAt(state: State, at: u32) -> f32 { return f32(i32((state.x >> at) & STEP_MASK)); }

// V, how much passes from the sample before: `rate` is its log2 where the guide does not step, and what each unit of the step at `stepBit` adds.
fn gapOf(own: State, stepBit: u32, rate: vec2f) -> f32 {
  return exp2(rate.x + rate.y * stepAt(own, stepBit));
}

// A state from a value and the differences of its guide along row and column.
@if(scalar)
fn stateOf(value: Value, alongRow: f32, alongColumn: f32) -> State {
  let roots = vec2u(round(255 * sqrt(min(abs(vec2f(alongRow, alongColumn)), vec2f(1)))));
  return withValue((roots.x << STEPS_AT.x) | (roots.y << STEPS_AT.y), value);
}
@else
fn stateOf(value: Value, alongRow: vec3f, alongColumn: vec3f) -> State {
  let sums = vec2f(dot(abs(alongRow), vec3f(1)), dot(abs(alongColumn), vec3f(1)));
  let steps = vec2u(min(round(255 * sums), vec2f(1023)));
  return withValue(vec2u((steps.x << STEPS_AT.x) | (steps.y << STEPS_AT.y), 0), value);
}
