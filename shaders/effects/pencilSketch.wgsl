// Pencil: pen = shade * (across + down); grey, or with `colored` the luma of the picture's own hues, unclamped until the end. Rounded to 8 bits, half
// to even.
// Reads: source (rgb code values), across and down (how many pixels of its row and column are like this one). Writes: output rgba8unorm, rgb
// code values, alpha 1. Source: OpenCV modules/photo, pencilSketch; hues by its YCrCb of floats.
@if(colored) import package::lib::color::luminance;

struct Params { shade: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@if(colored) @group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var across: texture_2d<f32>;
@group(0) @binding(3) var down: texture_2d<f32>;
@group(0) @binding(4) var output: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (any(id.xy >= textureDimensions(output))) { return; }
  let pen = params.shade * (textureLoad(across, id.xy, 0).r + textureLoad(down, id.xy, 0).r);
  @if(colored) let rgb = withLuma(pen, textureLoad(source, id.xy, 0).rgb);
  @else let rgb = vec3f(pen);
  textureStore(output, id.xy, vec4f(round(clamp(rgb, vec3f(0), vec3f(1)) * 255) / 255, 1));
}

// From RGB to YCrCb and back with another Y. OpenCV's two roundings of the coefficients are no exact inverses, and both are kept.
@if(colored)
fn withLuma(luma: f32, rgb: vec3f) -> vec3f {
  let y = luminance(rgb);
  let cr = 0.713 * (rgb.r - y);
  let cb = 0.564 * (rgb.b - y);
  return vec3f(luma + 1.403 * cr, luma - 0.714 * cr - 0.344 * cb, luma + 1.773 * cb);
}
