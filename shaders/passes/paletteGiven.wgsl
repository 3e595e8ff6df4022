// A palette of given colours, in their order.
// Reads: params.colors (sRGB code values). Writes: palette, (OKLab, 1 / count).
// Source: B. Ottosson, "A perceptual color space for image processing", 2020.
import package::lib::color::toOklab;

struct Params { count: u32, colors: array<vec4f, 32> }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> palette: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.count) { return; }
  palette[id.x] = vec4f(toOklab(params.colors[id.x].rgb), 1 / f32(params.count));
}
