// A number as the sum of two half floats, which hold 22 bits of it where one holds 11: for what is multiplied by large weights later.
// Takes a number within the range of half floats; returns (high, low). Linear filters filter both alike.
// Source: T. J. Dekker, "A floating-point technique for extending the available precision", 1971.

fn halvesOf(value: f32) -> vec2f {
  let high = quantizeToF16(value);
  return vec2f(high, value - high);
}
