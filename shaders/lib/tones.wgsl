// How light a colour is, as the eye sees it and as a plate that is blind to red does.
// Reads: rgb, sRGB code values in [0, 1]. Returns: [0, 1].
// Source: CIE 15 (lightness L*); B. Ottosson, "A perceptual color space for image processing", 2020 (OKLab).
import package::lib::color::{ decodeSrgb, toOklab };

// Linear luminance, Rec. 709.
const LUMINANCE = vec3f(0.2126, 0.7152, 0.0722);
// Below this luminance lightness is a straight line.
const DARK = 0.008856;
const SLOPE = 9.033;

// L* / 100.
fn lightnessOf(code: vec3f) -> f32 {
  let y = dot(LUMINANCE, decodeSrgb(code));
  return select(SLOPE * y, 1.16 * pow(max(y, DARK), 1.0 / 3.0) - 0.16, y > DARK);
}

// Of the axis from green to red. Red gets dark and green light, so that a red flower on leaves of its own lightness has an outline.
const RED_BLIND = 0.45;

fn plateOf(code: vec3f) -> f32 {
  return saturate(lightnessOf(code) - RED_BLIND * toOklab(code).y);
}

const OKLAB = 0u;
const LIGHTNESS = 1u;
const PLATE = 2u;

// By number, as src/passes/levels.ts counts them; any other is the red channel.
fn toneOf(code: vec3f, tone: u32) -> f32 {
  switch (tone) {
    case OKLAB: { return toOklab(code).x; }
    case LIGHTNESS: { return lightnessOf(code); }
    case PLATE: { return plateOf(code); }
    default: { return code.r; }
  }
}
