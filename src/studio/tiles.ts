import type { Size } from '../core/frameGraph.ts';
import { area, type Crop } from '../io/placement.ts';

/** A part of a picture that is painted by itself. */
export interface Tile {
  /** What it gives of the picture. */
  readonly inside: Crop;
  /** What is painted for that: as much more on each side as its pixels depend on, as far as there is picture. */
  readonly painted: Crop;
}

/** What is painted begins at multiples of this, so that the cells of reduced copies are those of the whole picture, and strips of running sums too. */
const GRID = 64;
/** No tile is narrower, unless the picture is. */
const SMALLEST_SIDE = 16;

/** Tiles of at most that size, row by row. They cover the picture, each pixel once. */
export function tilesOf(picture: Size, { width, height }: Size, halo: number): Tile[] {
  const columns = spansOf(picture.width, width, halo);
  const rows = spansOf(picture.height, height, halo);
  return rows.flatMap((row) => columns.map((column) => ({ inside: rectangle(column.inside, row.inside), painted: rectangle(column.painted, row.painted) })));
}

/** From one pixel up to another, which is not part of it. */
type Range = readonly [from: number, to: number];

interface Span {
  readonly inside: Range;
  readonly painted: Range;
}

function spansOf(length: number, side: number, halo: number): Span[] {
  return Array.from({ length: Math.ceil(length / side) }, (_, i) => {
    const inside: Range = [i * side, Math.min(length, (i + 1) * side)];
    const grid = halo === 0 ? 1 : GRID;
    return { inside, painted: [Math.max(0, Math.floor((inside[0] - halo) / grid) * grid), Math.min(length, inside[1] + halo)] };
  });
}

function rectangle([left, right]: Range, [top, bottom]: Range): Crop {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Sizes of tiles to be tried one after the other: each time the longer side is halved. */
export function tileSizes({ width, height }: Size): Size[] {
  const sizes: Size[] = [];
  for (let size = { width, height }; Math.max(size.width, size.height) > SMALLEST_SIDE; sizes.push(size)) {
    size = size.width >= size.height ? { ...size, width: half(size.width) } : { ...size, height: half(size.height) };
  }
  return sizes;
}

/** Whole steps of the grid where there are any, so that all tiles but those at the borders are painted at one size. */
function half(side: number): number {
  const step = side > 2 * GRID ? GRID : 1;
  return Math.ceil(side / (2 * step)) * step;
}

/** The tile of which most is painted. */
export function largestOf(tiles: readonly Tile[]): Tile {
  return tiles.reduce((largest, tile) => (area(tile.painted) > area(largest.painted) ? tile : largest));
}
