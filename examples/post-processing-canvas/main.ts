import { charcoal, engraving, hatching, oil, pencil, woodcut } from 'atelier-gpu';
import { openEasel } from '../shared/easel.ts';
import { openStudio } from '../shared/openStudio.ts';
import { drawSeascape } from '../shared/seascape.ts';

const drawing = document.createElement('canvas');
// A context that is never read back stays on the GPU, where there is one.
const context = drawing.getContext('2d', { alpha: false, willReadFrequently: false }) as CanvasRenderingContext2D;

openEasel({
  original: drawing,
  studio: await openStudio(),
  looks: { Engraving: engraving(), Pencil: pencil(), Hatching: hatching(), Charcoal: charcoal(), Woodcut: woodcut(), Oil: oil() },
  resize: (width, height) => void Object.assign(drawing, { width, height }),
  draw: (seconds) => drawSeascape(context, seconds),
  paint(seconds, { pipeline, canvas }) {
    drawSeascape(context, seconds);
    return pipeline.render(drawing, canvas);
  },
});
