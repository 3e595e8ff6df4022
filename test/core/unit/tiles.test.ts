import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { Size } from '../../../src/core/frameGraph.ts';
import { largestOf, tilesOf, tileSizes, type Tile } from '../../../src/studio/tiles.ts';

const GRID = 64;
const side = fc.integer({ min: 1, max: 700 });
const SEEDED = { seed: 21, numRuns: 200 };

interface Tiling {
  readonly tiles: readonly Tile[];
  readonly picture: Size;
  readonly size: Size;
  readonly halo: number;
}

function everyTiling(holds: (tiling: Tiling) => boolean): void {
  fc.assert(fc.property(side, side, fc.integer({ min: 16, max: 200 }), fc.integer({ min: 16, max: 200 }), fc.integer({ min: 0, max: 150 }), (width, height, columns, rows, halo) => {
    const [picture, size] = [{ width, height }, { width: columns, height: rows }];
    return holds({ tiles: tilesOf(picture, size, halo), picture, size, halo });
  }), SEEDED);
}

const area = ({ width, height }: Size): number => width * height;
const SIDES = [['x', 'width'], ['y', 'height']] as const;

describe('tiles', () => {
  test('cover the picture, each pixel once', () => {
    everyTiling(({ tiles, picture, size }) => {
      const painted = new Uint8Array(area(picture));
      for (const { inside } of tiles) for (let y = 0; y < inside.height; y++) for (let x = 0; x < inside.width; x++) painted[(inside.y + y) * picture.width + inside.x + x]!++;
      return painted.every((times) => times === 1) && tiles.every(({ inside }) => inside.width <= size.width && inside.height <= size.height);
    });
  });

  test('are painted with their whole halo, as far as there is picture, and no more than a step of the grid beyond', () => {
    everyTiling(({ tiles, picture, halo }) => tiles.every(({ inside, painted }) => SIDES.every(([at, length]) => {
      const wanted = Math.max(0, inside[at] - halo);
      const begins = painted[at] >= 0 && painted[at] <= wanted && painted[at] > wanted - GRID;
      return begins && painted[at] + painted[length] === Math.min(picture[length], inside[at] + inside[length] + halo);
    })));
  });

  test('begin where cells of reduced copies begin', () => {
    everyTiling(({ tiles, halo }) => halo === 0 || tiles.every(({ painted }) => painted.x % GRID === 0 && painted.y % GRID === 0));
  });

  test('are tried in sizes that get smaller, down to a few pixels', () => {
    fc.assert(fc.property(side, side, (width, height) => {
      const sizes = [{ width, height }, ...tileSizes({ width, height })];
      const smallest = sizes.at(-1) as Size;
      return Math.max(smallest.width, smallest.height) <= 16 && sizes.every((size, i) => i === 0 || area(size) < area(sizes[i - 1] as Size));
    }), SEEDED);
  });

  test('the largest is that of which most is painted', () => {
    everyTiling(({ tiles }) => area(largestOf(tiles).painted) === Math.max(...tiles.map(({ painted }) => area(painted))));
  });
});
