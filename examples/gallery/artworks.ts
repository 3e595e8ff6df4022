import type { presets } from 'atelier-gpu';

/** Who paints. */
export type PresetName = keyof typeof presets;

/** The four artworks, in the order they are painted. */
export const ARTWORKS = ['sketch', 'pencil', 'oil', 'watercolor'] as const;
export type ArtworkName = (typeof ARTWORKS)[number];

/** What the museum label says under the title. */
export const MEDIUMS: Readonly<Record<PresetName, Readonly<Record<ArtworkName, string>>>> = {
  studio: { sketch: 'Graphite on paper', pencil: 'Coloured pencil on paper', oil: 'Oil on canvas', watercolor: 'Watercolour on paper' },
  cv2: { sketch: 'cv2.pencilSketch, in grey', pencil: 'cv2.pencilSketch, in colour', oil: 'cv2.xphoto.oilPainting(7, 1)', watercolor: 'cv2.stylization' },
};
