// Shows a finished picture on a target of any size: rgb of the look, alpha of the source, clamped to [0, 1], premultiplied where asked.
// With `copy`, for maps of texels onto texels, each pixel is one load of both.
// Reads: color (rgb sRGB code values), alpha (a) of equal size. Writes: the target; (0, 0, 0, 0) outside of the picture.
// Source: none.
@if(copy) import package::lib::resample::texelAt;
@else import package::lib::resample::areaMean;

struct Params { toPicture: mat3x3f, extent: vec2f, premultiply: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var color: texture_2d<f32>;
@group(0) @binding(2) var alpha: texture_2d<f32>;

@vertex
fn vertexMain(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
  // One triangle that covers the whole target.
  return vec4f(f32(index & 1u) * 4 - 1, f32(index >> 1u) * 4 - 1, 0, 1);
}

@fragment
fn fragmentMain(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let at = (params.toPicture * vec3f(position.xy, 1)).xy;
  if (any(at < vec2f(0)) || any(at > vec2f(textureDimensions(color)))) { return vec4f(0); }
  let shown = clamp(meanAt(at), vec4f(0), vec4f(1));
  return select(shown, vec4f(shown.rgb * shown.a, shown.a), params.premultiply == 1);
}

@if(copy) fn meanAt(at: vec2f) -> vec4f {
  let a = texelAt(alpha, vec2i(at)).a;
  return vec4f(select(vec3f(0), texelAt(color, vec2i(at)).rgb, a > 0), a);
}
@else fn meanAt(at: vec2f) -> vec4f {
  return areaMean(color, alpha, at, params.extent);
}
