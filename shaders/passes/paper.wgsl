// A sheet of paper, baked once: height = cdf(fbm(tooth) + fibres), nearly uniform in [0, 1], and a slow one for the flow of water over it.
// Writes: output rgba8unorm: r height of the tooth, g flow of water (clouds over the sheet), both [0, 1] about 0.5; b 0, a 1.
// Source: A. Bousseau et al., "Interactive watercolor rendering with temporal coherence and abstraction", 2006, section 3.2 (what the two are for).
import package::lib::noise::{ evened, fbm, valueNoise };

// `origin`: of the tile in the picture.
struct Params { origin: vec2f, tooth: f32, fibres: f32, flow: f32, seed: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var output: texture_storage_2d<rgba8unorm, write>;

// Seeds of the noises on one sheet.
const WARP = 3u;
const FIBRE = 7u;
const FLOW = 11u;

// Sizes in teeth.
const WARP_SCALE = 4.0;
const WARP_REACH = 1.4;
const FIBRE_LENGTH = 7.0;
const FIBRE_WIDTH = 0.8;

// A fibre noise is stretched along a direction across the sheet; two directions, so that none shows.
fn fibre(p: vec2f, along: vec2f, seed: u32) -> f32 {
  let direction = normalize(along);
  let teeth = vec2f(dot(p, direction), dot(p, vec2f(-direction.y, direction.x))) / params.tooth;
  return valueNoise(teeth / vec2f(FIBRE_LENGTH, FIBRE_WIDTH), seed);
}

// That of the sum is 0.15; taken a third wider, fewer hills and valleys are flat.
const DEVIATION = 0.2;

fn height(p: vec2f) -> f32 {
  // The felt that presses the sheet is woven unevenly: without this the lattice of the noise shows as rows.
  let weave = WARP_SCALE * params.tooth;
  let drift = vec2f(valueNoise(p / weave, params.seed + WARP), valueNoise(p / weave, params.seed + WARP + 1)) - 0.5;
  let felt = fbm(p + WARP_REACH * params.tooth * drift, params.tooth, params.seed, 3, 0.5);
  let fibres = fibre(p, vec2f(1, 0.4), params.seed + FIBRE) + fibre(p, vec2f(0.3, -1), params.seed + FIBRE + 1) - 1;
  return evened(felt + 0.5 * params.fibres * fibres, DEVIATION);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let p = params.origin + vec2f(id.xy);
  let flow = fbm(p, params.flow, params.seed + FLOW, 4, 0.55);
  textureStore(output, id.xy, vec4f(height(p), flow, 0, 1));
}
