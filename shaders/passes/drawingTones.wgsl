// What lines and tones of a drawing are made of: r = leveled plate (blind to red), for lines; g = leveled lightness L*, for tone; b = L* as it is.
// Reads: source (rgb sRGB code values), lightness and plate (passes/levels). Writes: output rgba16float, [0, 1]; a 1.
// Source: CIE 15 (L*); the plate is ours, after orthochromatic photographs.
import package::lib::levels::leveled;
import package::lib::tones::{ lightnessOf, plateOf };

@group(0) @binding(0) var source: texture_2d<f32>;
@group(0) @binding(1) var<storage, read> lightness: vec4f;
@group(0) @binding(2) var<storage, read> plate: vec4f;
@group(0) @binding(3) var output: texture_storage_2d<rgba16float, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let code = textureLoad(source, id.xy, 0).rgb;
  let line = leveled(plateOf(code), plate.xyz);
  let light = lightnessOf(code);
  let tone = leveled(light, lightness.xyz);
  textureStore(output, id.xy, vec4f(line, tone, light, 1));
}
