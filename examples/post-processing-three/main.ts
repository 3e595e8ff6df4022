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
const frame = new RenderTarget(1, 1, { depthBuffer: false });

/** Draws as three.js would show it, tone-mapped and in sRGB: on its canvas, or on a texture. */
function render(target: RenderTarget | null): void {
  renderer.setOutputRenderTarget(target);
  // It goes on with the last target where this is left out.
  renderer.setRenderTarget(target);
  renderer.render(scene, camera);
}

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
    render(null);
  },
  paint(seconds, { pipeline, canvas }) {
    pose(seconds);
    render(frame);
    const encoder = (device as GPUDevice).createCommandEncoder();
    const recorded = pipeline.encode(encoder, { source: backend.get(frame.texture).texture, target: canvas });
    (device as GPUDevice).queue.submit([encoder.finish()]);
    recorded?.submitted();
    return recorded !== undefined;
  },
  end: () => renderer.dispose(),
});
