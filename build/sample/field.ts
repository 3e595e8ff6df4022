/** The part of the plane that a field covers. */
export interface Extent {
  readonly fromX: number;
  readonly toX: number;
  readonly fromY: number;
  readonly toY: number;
}

export type Field = (x: number, y: number) => number;

const spacing = 0.0125;

/** A costly function of two numbers, worked out once on a grid and read between its points. Outside, its border goes on. */
export function sampledField(field: Field, { fromX, toX, fromY, toY }: Extent): Field {
  const columns = Math.ceil((toX - fromX) / spacing) + 2;
  const rows = Math.ceil((toY - fromY) / spacing) + 2;
  const values = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      values[row * columns + column] = field(fromX + column * spacing, fromY + row * spacing);
    }
  }
  return (x, y) => {
    const column = Math.min(Math.max((x - fromX) / spacing, 0), columns - 1.001);
    const row = Math.min(Math.max((y - fromY) / spacing, 0), rows - 1.001);
    const left = Math.floor(column);
    const below = Math.floor(row);
    const first = below * columns + left;
    const u = column - left;
    const low = values[first]! + (values[first + 1]! - values[first]!) * u;
    const high = values[first + columns]! + (values[first + columns + 1]! - values[first + columns]!) * u;
    return low + (high - low) * (row - below);
  };
}
