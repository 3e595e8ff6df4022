// Blend modes on opaque pictures: out = below + opacity (B(below, above) - below), with B of the mode.
// Reads: below (the backdrop), above (the source of the specification), rgb sRGB code values of equal size. Writes: output rgba8unorm, alpha 1.
// Source: W3C, "Compositing and Blending Level 1", 2015, section 9 (separable modes 9.1, non-separable ones 9.2).
struct Params { opacity: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var below: texture_2d<f32>;
@group(0) @binding(2) var above: texture_2d<f32>;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// The number of the mode in the list of src/effects/blend.ts; a constant of the pipeline, so each mode is a kernel without the others.
override MODE: u32;

// The weights that the specification gives.
const LUM = vec3f(0.3, 0.59, 0.11);

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let b = clamp(textureLoad(below, id.xy, 0).rgb, vec3f(0), vec3f(1));
  let s = clamp(textureLoad(above, id.xy, 0).rgb, vec3f(0), vec3f(1));
  textureStore(output, id.xy, vec4f(mix(b, blended(b, s), params.opacity), 1));
}

fn blended(b: vec3f, s: vec3f) -> vec3f {
  switch MODE {
    case 1: { return b * s; }
    case 2: { return screen(b, s); }
    case 3: { return hardLight(s, b); }
    case 4: { return min(b, s); }
    case 5: { return max(b, s); }
    case 6: { return select(select(min(vec3f(1), b / (1 - s)), vec3f(1), s == vec3f(1)), vec3f(0), b == vec3f(0)); }
    case 7: { return select(select(1 - min(vec3f(1), (1 - b) / s), vec3f(0), s == vec3f(0)), vec3f(1), b == vec3f(1)); }
    case 8: { return hardLight(b, s); }
    case 9: { return softLight(b, s); }
    case 10: { return abs(b - s); }
    case 11: { return b + s - 2 * b * s; }
    case 12: { return withLum(withSat(s, sat(b)), lum(b)); }
    case 13: { return withLum(withSat(b, sat(s)), lum(b)); }
    case 14: { return withLum(s, lum(b)); }
    case 15: { return withLum(b, lum(s)); }
    default: { return s; }
  }
}

fn screen(b: vec3f, s: vec3f) -> vec3f {
  return b + s - b * s;
}

fn hardLight(b: vec3f, s: vec3f) -> vec3f {
  return select(screen(b, 2 * s - 1), 2 * b * s, s <= vec3f(0.5));
}

fn softLight(b: vec3f, s: vec3f) -> vec3f {
  let lifted = select(sqrt(b), ((16 * b - 12) * b + 4) * b, b <= vec3f(0.25));
  return select(b + (2 * s - 1) * (lifted - b), b - (1 - 2 * s) * b * (1 - b), s <= vec3f(0.5));
}

fn lum(c: vec3f) -> f32 {
  return dot(c, LUM);
}

fn least(c: vec3f) -> f32 {
  return min(min(c.r, c.g), c.b);
}

fn most(c: vec3f) -> f32 {
  return max(max(c.r, c.g), c.b);
}

fn sat(c: vec3f) -> f32 {
  return most(c) - least(c);
}

// The specification's SetSat, without its sorting: least to 0, most to s, the middle in proportion.
fn withSat(c: vec3f, s: f32) -> vec3f {
  let range = sat(c);
  return select(vec3f(0), (c - least(c)) * s / range, range > 0);
}

// The specification's SetLum with ClipColor: towards grey as far as the gamut asks.
fn withLum(c: vec3f, l: f32) -> vec3f {
  let moved = c + (l - lum(c));
  let low = least(moved);
  let high = most(moved);
  let raised = select(moved, l + (moved - l) * l / (l - low), low < 0);
  return select(raised, l + (raised - l) * (1 - l) / (high - l), high > 1);
}
