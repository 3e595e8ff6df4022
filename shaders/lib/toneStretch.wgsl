// Tones spread towards 0..1: L' = mix(L, clamp((L - low) / (high - low), 0, 1), share).
// Reads and returns: lightness, [0, 1].
// Source: none; the percentile stretch of any photo editor.

fn toneStretched(lightness: f32, low: f32, high: f32, share: f32) -> f32 {
  return mix(lightness, saturate((lightness - low) / (high - low)), share);
}
