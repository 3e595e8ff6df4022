// A coarse texture read at the size of the picture it was reduced from: bilinear, with texel centres aligned.
// Reads: coarse (any format), clamped at the edge. Returns the interpolated texel.
// Source: none; the counterpart of shaders/passes/reduce.wgsl.

// Where a sampler finds `middle`, a place of the picture in px (the middle of pixel (0, 0) is at 0.5), in a texture of that size whose texels are `texel` px. For
// textureSampleLevel, which must be given the texture by its own name.
fn coarseUv(middle: vec2f, texel: f32, size: vec2u) -> vec2f {
  return middle / (texel * vec2f(size));
}

// `factor` is the side of a coarse texel in pixels; 1 gives the texel itself.
fn enlarged(coarse: texture_2d<f32>, pixel: vec2u, factor: f32) -> vec4f {
  let last = vec2i(textureDimensions(coarse)) - 1;
  let at = (vec2f(pixel) + 0.5) / factor - 0.5;
  let low = vec2i(floor(at));
  let part = at - floor(at);
  let a = clamp(low, vec2i(0), last);
  let b = clamp(low + 1, vec2i(0), last);
  let top = mix(textureLoad(coarse, a, 0), textureLoad(coarse, vec2i(b.x, a.y), 0), part.x);
  let bottom = mix(textureLoad(coarse, vec2i(a.x, b.y), 0), textureLoad(coarse, b, 0), part.x);
  return mix(top, bottom, part.y);
}

// The first channel for four pixels of a row, from `first` on: eight loads for all instead of four each. `factor` is 1, or 2 and above.
fn enlargedFour(coarse: texture_2d<f32>, first: vec2u, factor: f32) -> vec4f {
  let last = vec2i(textureDimensions(coarse)) - 1;
  let across = (vec4f(vec4u(first.x) + vec4u(0, 1, 2, 3)) + 0.5) / factor - 0.5;
  let down = (f32(first.y) + 0.5) / factor - 0.5;
  let row = i32(floor(down));
  let low = i32(floor(across.x));
  let top = fourOf(coarse, low, clamp(row, 0, last.y), last.x);
  let bottom = fourOf(coarse, low, clamp(row + 1, 0, last.y), last.x);
  let columns = mix(top, bottom, down - floor(down));
  // How far each pixel is from the first of the four columns.
  let at = across - f32(low);
  return vec4f(alongColumns(columns, at.x), alongColumns(columns, at.y), alongColumns(columns, at.z), alongColumns(columns, at.w));
}

fn fourOf(coarse: texture_2d<f32>, low: i32, row: i32, last: i32) -> vec4f {
  let columns = clamp(vec4i(low) + vec4i(0, 1, 2, 3), vec4i(0), vec4i(last));
  return vec4f(textureLoad(coarse, vec2i(columns.x, row), 0).r, textureLoad(coarse, vec2i(columns.y, row), 0).r, textureLoad(coarse, vec2i(columns.z, row), 0).r, textureLoad(coarse, vec2i(columns.w, row), 0).r);
}

// The polyline through four values at 0, 1, 2 and 3.
fn alongColumns(values: vec4f, at: f32) -> f32 {
  return values.x + dot(values.yzw - values.xyz, saturate(vec3f(at) - vec3f(0, 1, 2)));
}
