// Packs a picture for oilPainting.wgsl: ballot(p) = r | g << 8 | b << 16 | bin(luma) << 24, luma rounded as OpenCV's 8-bit COLOR_BGR2GRAY.
// Reads: source (rgba, sRGB code values). Writes: ballots, row by row; a fully transparent pixel gets the ballot that does not count.
// Source: OpenCV, color_yuv: luma = (9798 R + 19235 G + 3735 B + 2^14) >> 15, the weights 0.299, 0.587, 0.114 in 15 bits.
import package::lib::ballot::NO_VOTE;

struct Params { bins: array<vec4f, 64> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var source: texture_2d<f32>;
@group(0) @binding(2) var<storage, read_write> ballots: array<u32>;

const LUMA_WEIGHTS = vec3u(9798, 19235, 3735);
const LUMA_BITS = 15u;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let size = textureDimensions(source);
  if (any(id.xy >= size)) { return; }
  let texel = textureLoad(source, id.xy, 0);
  let rgb = vec3u(texel.rgb * 255 + 0.5);
  let luma = (dot(rgb, LUMA_WEIGHTS) + (1u << (LUMA_BITS - 1))) >> LUMA_BITS;
  let bin = u32(params.bins[luma >> 2u][luma & 3]);
  let ballot = rgb.r | (rgb.g << 8) | (rgb.b << 16) | (bin << 24);
  ballots[id.y * size.x + id.x] = select(ballot, NO_VOTE, texel.a == 0);
}
