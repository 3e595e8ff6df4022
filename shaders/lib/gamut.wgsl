// Colours that a screen can show: out = (L, s a, s b), the largest s <= 1 whose linear rgb is in [0, 1]. Lightness and hue stay.
// Reads and returns: OKLab, L in [0, 1].
// Source: B. Ottosson, "sRGB gamut clipping", 2021 (keep lightness, reduce chroma), by bisection.
import package::lib::color::oklabToLinear;

// Of linear light; less than a code value, and more than half floats leave of a colour on the border.
const SLACK = 1e-3;
// Chroma to a thousandth of itself.
const HALVINGS = 10;

fn intoGamut(lab: vec3f) -> vec3f {
  if (isShown(lab)) { return lab; }
  var shown = 0.0;
  var lost = 1.0;
  for (var i = 0; i < HALVINGS; i++) {
    let middle = 0.5 * (shown + lost);
    let inside = isShown(lab * vec3f(1, middle, middle));
    shown = select(shown, middle, inside);
    lost = select(middle, lost, inside);
  }
  return lab * vec3f(1, shown, shown);
}

fn isShown(lab: vec3f) -> bool {
  let linear = oklabToLinear(lab);
  return all(linear >= vec3f(-SLACK)) && all(linear <= vec3f(1 + SLACK));
}
