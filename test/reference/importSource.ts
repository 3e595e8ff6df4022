import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';

const RADII = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
const DIRECTIONS = 16;

/** Twin of shaders/passes/importSource.wgsl for maps of texels onto texels: what is fully transparent takes the rgb of a neighbour, else 0. */
export function importSource(source: Pixels): Pixels {
  return picture(source.width, source.height, (x, y) => {
    const own = texel(source, x, y);
    return (own[3] as number) > 0 ? own : [...nearestOpaque(source, x, y).slice(0, 3), 0];
  });
}

function nearestOpaque(source: Pixels, x: number, y: number): number[] {
  for (const radius of RADII) {
    for (let i = 0; i < DIRECTIONS; i++) {
      const angle = (i * 2 * Math.PI) / DIRECTIONS;
      const neighbor = texel(source, inside(x + Math.round(radius * Math.cos(angle)), source.width), inside(y + Math.round(radius * Math.sin(angle)), source.height));
      if ((neighbor[3] as number) > 0) return neighbor;
    }
  }
  return [0, 0, 0];
}

function inside(at: number, length: number): number {
  return Math.min(Math.max(at, 0), length - 1);
}
