// Amounts of up to three inks, in [0, 1]: those whose densities, summed, come nearest to the density -ln(light) of a pixel.
// Reads: source (rgb sRGB code values), tones (low, high and gain of passes/levels). Writes: output rgba8unorm, rgb amounts.
// Source: C. L. Lawson and R. J. Hanson, "Solving Least Squares Problems", 1974 (non-negative); by coordinate descent.
import package::lib::color::{ decodeSrgb, fromOklab, toOklab };
import package::lib::levels::leveled;

// The columns of `densities` are inks: the density of each for red, green and blue. A column of zeros is no ink.
struct Params { saturation: f32, densities: mat3x3f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read> tones: vec4f;
@group(0) @binding(3) var output: texture_storage_2d<rgba8unorm, write>;

// Bright inks want a light original without black.
const DARKEST = 0.06;
const TONE_CURVE = 0.85;
// Of linear light; darker counts as this.
const BLACK = 0.02;
const ROUNDS = 12;

fn original(code: vec3f) -> vec3f {
  let lab = toOklab(code);
  let light = pow(leveled(lab.x, tones.xyz), TONE_CURVE);
  return saturate(fromOklab(vec3f(mix(DARKEST, 1, light), params.saturation * lab.yz)));
}

fn amounts(density: vec3f) -> vec3f {
  let gram = transpose(params.densities) * params.densities;
  let wanted = density * params.densities;
  let steps = 1 / max(vec3f(gram[0].x, gram[1].y, gram[2].z), vec3f(1e-6));
  var m = vec3f(0);
  for (var round = 0; round < ROUNDS; round++) {
    m.x = saturate(m.x + (wanted.x - dot(gram[0], m)) * steps.x);
    m.y = saturate(m.y + (wanted.y - dot(gram[1], m)) * steps.y);
    m.z = saturate(m.z + (wanted.z - dot(gram[2], m)) * steps.z);
  }
  return m;
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let density = -log(max(decodeSrgb(original(textureLoad(source, id.xy, 0).rgb)), vec3f(BLACK)));
  textureStore(output, id.xy, vec4f(amounts(density), 1));
}
