// The states of a recursive filter's samples, made from a picture and its guide, along rows.
// Reads: textures in code values, clamped to [0, 1]. Returns: states; with `scalar` of the dot products with `channels`.
// Source: none.
import package::lib::recursiveState::{LARGEST, State, Value, stateOf};

@if(scalar) fn selected(texel: vec4f, channels: vec4f) -> Value { return saturate(dot(texel, channels)); }
@else fn selected(texel: vec4f, channels: vec4f) -> Value { return saturate(texel.rgb); }

fn valueAt(picture: texture_2d<f32>, p: vec2u, channels: vec4f) -> Value {
  return selected(textureLoad(picture, p, 0), channels);
}

// `before` is the guide at the pixel to the left of p, and then that at p.
fn stateFrom(source: texture_2d<f32>, guide: texture_2d<f32>, p: vec2u, before: ptr<function, Value>, channels: vec4f) -> State {
  let own = valueAt(source, p, channels);
  // Where the picture is its own guide one load serves for both, which counts on CPUs.
  @if(alone) let edge = own;
  @else let edge = valueAt(guide, p, channels);
  let above = valueAt(guide, vec2u(p.x, max(p.y, 1) - 1), channels);
  let state = stateOf(LARGEST * own, edge - (*before), edge - above);
  (*before) = edge;
  return state;
}
