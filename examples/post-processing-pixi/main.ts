import { comic, gouache, halftone, riso, Studio, woodcut } from 'atelier-gpu';
import { Application, RenderTexture, WebGPURenderer } from 'pixi.js';
import { openEasel } from '../shared/easel.ts';
import { makeShoal, WATER } from './shoal.ts';

const app = new Application();
await app.init({ preference: 'webgpu', background: WATER, antialias: true, autoStart: false });
const shoal = makeShoal(app.stage);

// Where there is no WebGPU, PixiJS draws with WebGL.
const host = app.renderer instanceof WebGPURenderer ? app.renderer : undefined;
const studio = host && (await Studio.create({ device: host.gpu.device }));
const frame = RenderTexture.create({ width: 1, height: 1, antialias: true });

openEasel({
  original: app.canvas,
  studio,
  looks: { Comic: comic(), 'Offset print': halftone(), Risograph: riso(), Gouache: gouache(), Woodcut: woodcut() },
  resize(width, height) {
    app.renderer.resize(width, height);
    frame.resize(width, height);
    shoal.resize(width, height);
  },
  draw(seconds) {
    shoal.swim(seconds);
    app.render();
  },
  paint(seconds, { pipeline, canvas }) {
    const { gpu, texture } = host as WebGPURenderer;
    shoal.swim(seconds);
    // On an opaque ground, because PixiJS keeps its colours multiplied by their alpha.
    app.renderer.render({ container: app.stage, target: frame, clearColor: WATER });
    const encoder = gpu.device.createCommandEncoder();
    const recorded = pipeline.encode(encoder, { source: texture.getGpuSource(frame.source), target: canvas });
    gpu.device.queue.submit([encoder.finish()]);
    recorded?.submitted();
    return recorded !== undefined;
  },
  end: () => app.destroy(),
});
