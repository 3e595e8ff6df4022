import type { Pixels } from '../src/io/pixels.ts';
import { makeTexture, readTexture, textureOf } from '../test/support/textures.ts';
import type { Contestant } from './contestant.ts';
import type { DevicePeer } from './scenario.ts';
import { timeFrames } from './timeFrames.ts';

/**
 * The anisotropic Kuwahara filter as fragment shaders that engines and filter libraries have: four full-screen passes, the last a loop over the bounding box of the ellipse that
 * skips what lies outside. Ours to the letter of the paper, with the constants of shaders/lib/kuwahara.wgsl, so that it paints the same picture.
 */
export async function openFragmentKuwahara(device: GPUDevice, name: string, radius: number, photo: Pixels): Promise<DevicePeer> {
  const module = device.createShaderModule({ code: CODE });
  const pass = (entryPoint: string, format: GPUTextureFormat): Promise<GPURenderPipeline> =>
    device.createRenderPipelineAsync({ layout: 'auto', vertex: { module, entryPoint: 'corner' }, fragment: { module, entryPoint, targets: [{ format }], constants: entryPoint === 'paint' ? { RADIUS: radius } : {} } });
  const [tensor, across, down, paint] = await Promise.all([pass('tensor', TENSOR), pass('across', TENSOR), pass('down', TENSOR), pass('paint', 'rgba8unorm')]);
  const open = (picture: Pixels): Frame => openFrame(device, picture, { tensor, across, down, paint });
  const raced = open(photo);
  const contestant: Contestant = {
    name,
    run: (times) => timeFrames(device, times, (encoder) => {
      raced.record(encoder);
      return undefined;
    }),
    async paint(picture) {
      const frame = open(picture);
      const encoder = device.createCommandEncoder();
      frame.record(encoder);
      device.queue.submit([encoder.finish()]);
      const painted = await readTexture(device, frame.target);
      frame.destroy();
      return painted;
    },
  };
  return { contestant, destroy: raced.destroy };
}

const TENSOR = 'rgba16float';

interface Frame {
  readonly target: GPUTexture;
  record(encoder: GPUCommandEncoder): void;
  destroy(): void;
}

function openFrame(device: GPUDevice, picture: Pixels, passes: Readonly<Record<'tensor' | 'across' | 'down' | 'paint', GPURenderPipeline>>): Frame {
  const { width, height } = picture;
  const source = textureOf(device, picture);
  const [a, b] = [makeTexture(device, width, height, TENSOR), makeTexture(device, width, height, TENSOR)];
  const target = makeTexture(device, width, height);
  const step = (pipeline: GPURenderPipeline, output: GPUTexture, ...inputs: (readonly [number, GPUTexture])[]) => ({
    pipeline,
    view: output.createView(),
    group: device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: inputs.map(([binding, texture]) => ({ binding, resource: texture.createView() })) }),
  });
  const steps = [step(passes.tensor, a, [0, source]), step(passes.across, b, [1, a]), step(passes.down, a, [1, b]), step(passes.paint, target, [0, source], [1, a])];
  return {
    target,
    record(encoder) {
      for (const { pipeline, view, group } of steps) {
        const pass = encoder.beginRenderPass({ colorAttachments: [{ view, loadOp: 'clear', storeOp: 'store' }] });
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.draw(3);
        pass.end();
      }
    },
    destroy: () => [source, a, b, target].forEach((texture) => texture.destroy()),
  };
}

// Written out as compilers do with the loops over sectors of such programs.
const SECTORS = [0, 1, 2, 3, 4, 5, 6, 7];
const CODE = /* wgsl */ `
override RADIUS = 6.0;
@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var flow: texture_2d<f32>;

@vertex fn corner(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i & 1) * 4 - 1, f32(i >> 1) * 4 - 1, 0, 1);
}

fn colorAt(at: vec2i) -> vec3f {
  return textureLoad(picture, clamp(at, vec2i(0), vec2i(textureDimensions(picture)) - 1), 0).rgb;
}

@fragment fn tensor(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let p = vec2i(position.xy);
  let gx = (colorAt(p + vec2i(1, -1)) + 2 * colorAt(p + vec2i(1, 0)) + colorAt(p + vec2i(1, 1)) - colorAt(p + vec2i(-1, -1)) - 2 * colorAt(p + vec2i(-1, 0)) - colorAt(p + vec2i(-1, 1))) / 4;
  let gy = (colorAt(p + vec2i(-1, 1)) + 2 * colorAt(p + vec2i(0, 1)) + colorAt(p + vec2i(1, 1)) - colorAt(p + vec2i(-1, -1)) - 2 * colorAt(p + vec2i(0, -1)) - colorAt(p + vec2i(1, -1))) / 4;
  return 256 * vec4f(dot(gx, gx), dot(gx, gy), dot(gy, gy), 0);
}

fn blurred(p: vec2i, step: vec2i) -> vec4f {
  let last = vec2i(textureDimensions(flow)) - 1;
  var sum = vec4f(0);
  var total = 0.0;
  for (var i = -4; i <= 4; i++) {
    let weight = exp(-f32(i * i) / 8);
    sum += weight * textureLoad(flow, clamp(p + i * step, vec2i(0), last), 0);
    total += weight;
  }
  return sum / total;
}

@fragment fn across(@builtin(position) position: vec4f) -> @location(0) vec4f {
  return blurred(vec2i(position.xy), vec2i(1, 0));
}

// The tangent, its angle and the anisotropy.
@fragment fn down(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let t = blurred(vec2i(position.xy), vec2i(0, 1));
  let difference = length(vec2f(t.x - t.z, 2 * t.y));
  var angle = 1.5707963;
  if (difference > 0) { angle += 0.5 * atan2(2 * t.y, t.x - t.z); }
  return vec4f(cos(angle), sin(angle), angle, select(0.0, difference / (t.x + t.z), t.x + t.z > 0));
}

fn scoreOf(m: vec4f, s: vec3f) -> vec4f {
  let mean = m.rgb / m.a;
  let variance = abs(s / m.a - mean * mean);
  return vec4f(mean, 1) / (1 + pow(255 * (variance.r + variance.g + variance.b), 4));
}

@fragment fn paint(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let p = vec2i(position.xy);
  let t = textureLoad(flow, p, 0);
  let a = RADIUS * min(2, 1 + t.w);
  let b = RADIUS / (1 + t.w);
  let mostX = i32(sqrt(a * a * t.x * t.x + b * b * t.y * t.y));
  let mostY = i32(sqrt(a * a * t.y * t.y + b * b * t.x * t.x));
  let toDisc = mat2x2f(t.x / a, -t.y / b, t.y / a, t.x / b);
  let zeta = 1.0 / 3.0;
  let eta = 3.7737621;
${SECTORS.map((k) => `  var m${k} = vec4f(0); var s${k} = vec3f(0);`).join('\n')}
  for (var y = -mostY; y <= mostY; y++) {
    for (var x = -mostX; x <= mostX; x++) {
      let v = toDisc * vec2f(vec2i(x, y));
      if (dot(v, v) <= 1.00001) {
        let c = colorAt(p + vec2i(x, y));
        var z = 0.0;
        var xx = zeta - eta * v.x * v.x;
        var yy = zeta - eta * v.y * v.y;
        z = max(0, v.x + yy); let w0 = z * z;
        z = max(0, v.y + xx); let w2 = z * z;
        z = max(0, -v.x + yy); let w4 = z * z;
        z = max(0, -v.y + xx); let w6 = z * z;
        let u = 0.70710678 * vec2f(v.x + v.y, v.y - v.x);
        xx = zeta - eta * u.x * u.x;
        yy = zeta - eta * u.y * u.y;
        z = max(0, u.x + yy); let w1 = z * z;
        z = max(0, u.y + xx); let w3 = z * z;
        z = max(0, -u.x + yy); let w5 = z * z;
        z = max(0, -u.y + xx); let w7 = z * z;
        let sum = ${SECTORS.map((k) => `w${k}`).join(' + ')};
        let g = exp(-3.125 * dot(v, v)) / sum;
${SECTORS.map((k) => `        m${k} += vec4f(c, 1) * (w${k} * g); s${k} += c * c * (w${k} * g);`).join('\n')}
      }
    }
  }
  let out = ${SECTORS.map((k) => `scoreOf(m${k}, s${k})`).join(' + ')};
  return vec4f(out.rgb / out.a, 1);
}
`;
