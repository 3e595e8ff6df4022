// The light of a comic: OKLab lightness leveled, and kept a little off black and white, where steps end.
// Takes: L in [0, 1]; levels: low, high and gain of passes/levels. Returns [0.05, 0.99].
// Source: none.
import package::lib::levels::leveled;

const RANGE = vec2f(0.05, 0.94);

fn comicLight(lightness: f32, levels: vec3f) -> f32 {
  return RANGE.x + RANGE.y * leveled(lightness, levels);
}
