// One tap of a bilateral filter: the weight a exp2(space + color |c - c_0|_1^2), and the tap's colour times it.
// Takes: a tap (straight rgb, alpha), the colour it is compared with, log2 of the spatial weight. Returns: rgb times weight, weight.
// Source: C. Tomasi, R. Manduchi, "Bilateral Filtering for Gray and Color Images", 1998; the L1 distance of colours is OpenCV's.

fn tap(texel: vec4f, own: vec3f, color: f32, space: f32) -> vec4f {
  let difference = abs(texel.rgb - own);
  let distance = difference.r + difference.g + difference.b;
  return texel.a * exp2(space + color * distance * distance) * vec4f(texel.rgb, 1);
}
