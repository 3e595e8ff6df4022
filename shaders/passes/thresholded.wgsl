// A sharpened lightness in two colours: out = mix(ink, paper, T(D)), T a threshold of lib/xdog.
// Reads: sharpened (D in r, L* from 0 to 100 and beyond). Writes: output rgba8unorm, sRGB code values, alpha 1.
// Source: H. Winnemoeller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012.
import package::lib::lines::slopesAt;
import package::lib::xdog::{ continuousTone, evenThreshold, softLevels, softThreshold };

struct Params { epsilon: f32, phi: f32, levels: f32, ink: vec3f, paper: vec3f }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var sharpened: texture_2d<f32>;
@group(0) @binding(2) var output: texture_storage_2d<rgba8unorm, write>;

// The number of the threshold in the list of src/passes/thresholded.ts; a constant of the pipeline.
override THRESHOLD: u32;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let paper = paperAt(textureLoad(sharpened, id.xy, 0).r, slopesAt(sharpened, vec2i(id.xy)).r);
  textureStore(output, id.xy, vec4f(mix(params.ink, params.paper, paper), 1));
}

fn paperAt(d: f32, slope: f32) -> f32 {
  switch THRESHOLD {
    case 1: { return evenThreshold(d, params.epsilon, params.phi, slope); }
    case 2: { return softLevels(d, params.epsilon, params.phi, params.levels, slope); }
    case 3: { return continuousTone(d, params.epsilon, slope); }
    default: { return softThreshold(d, params.epsilon, params.phi, slope); }
  }
}
