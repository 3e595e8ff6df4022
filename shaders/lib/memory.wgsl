// What a frame keeps of those before it.
// Reads: motion at a place (passes/motion), scene (passes/sceneState). Returns: the weight of this frame in [least, 1]; 1 where nothing is kept.
// Source: B. Karis, "High-Quality Temporal Supersampling", 2014.

// `wasAt`: where the place was, in [0, 1] of the picture. Beyond the edge nothing is known.
fn weightOfNow(motion: vec4f, scene: vec4f, wasAt: vec2f, least: f32) -> f32 {
  let isKnown = all(wasAt >= vec2f(0)) && all(wasAt <= vec2f(1)) && scene.y == 0;
  return select(1.0, mix(least, 1, max(motion.z, scene.z)), isKnown);
}
