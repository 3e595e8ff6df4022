import { engraving, gouache, ink, oil, pastelPaint, Studio, watercolor } from 'atelier-gpu';
import { NeutralToneMapping, RenderTarget, WebGPURenderer, type Texture } from 'three/webgpu';
import { openEasel } from '../shared/easel.ts';
import { makeStillLife } from './stillLife.ts';

const { scene, camera, pose } = makeStillLife();
const renderer = new WebGPURenderer({ antialias: true });
renderer.toneMapping = NeutralToneMapping;
renderer.shadowMap.enabled = true;
await renderer.init();

// What three.js has on the GPU, which its types leave out. Where there is no WebGPU it draws with WebGL, and there is no device.
const { backend } = renderer as unknown as { readonly backend: { readonly device?: GPUDevice; get(texture: Texture): { readonly texture: GPUTexture } } };
const { device } = backend;
const studio = device && (await Studio.create({ device }));
// One layer of bytes: with its own colours, as three.js would show them.
const frame = new RenderTarget(1, 1, { depthBuffer: false });

openEasel({
  original: renderer.domElement,
  studio,
  looks: { Watercolour: watercolor(), Oil: oil(), Gouache: gouache(), Pastel: pastelPaint(), Ink: ink(), Engraving: engraving() },
  resize(width, height) {
    renderer.setSize(width, height, false);
    frame.setSize(width, height);
  },
  draw(seconds) {
    pose(seconds);
    renderer.setOutputRenderTarget(null);
    renderer.render(scene, camera);
  },
  paint(seconds, { pipeline, canvas }) {
    pose(seconds);
    // What would be shown on the canvas, tone-mapped and in sRGB, goes to the texture.
    renderer.setOutputRenderTarget(frame);
    renderer.render(scene, camera);
    const encoder = (device as GPUDevice).createCommandEncoder();
    const recorded = pipeline.encode(encoder, { source: backend.get(frame.texture).texture, target: canvas });
    (device as GPUDevice).queue.submit([encoder.finish()]);
    recorded?.submitted();
    return recorded !== undefined;
  },
  end: () => renderer.dispose(),
});
