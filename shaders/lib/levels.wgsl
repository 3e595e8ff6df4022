// Tones spread towards 0..1: l' = clamp(mix(l, (l - low) / (high - low), gain), 0, 1).
// Reads and returns: a tone in [0, 1]. `levels`: low, high and gain, as passes/levels finds them.
// Source: none; the levels of any photo editor.

fn leveled(tone: f32, levels: vec3f) -> f32 {
  return saturate(mix(tone, (tone - levels.x) / (levels.y - levels.x), levels.z));
}
