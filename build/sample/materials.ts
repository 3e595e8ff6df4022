import { black } from './thing.ts';
import type { Surface } from './thing.ts';
import { vector } from './vector.ts';
import type { Vector } from './vector.ts';

const mixed = new Map<number, Vector>();

/** The linear-light colour of an sRGB hex code, as `0xd8742a`. */
export function paint(code: number): Vector {
  const known = mixed.get(code);
  if (known) return known;
  const colour = vector(linear((code >> 16) & 255), linear((code >> 8) & 255), linear(code & 255));
  mixed.set(code, colour);
  return colour;
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Plaster, cloth, raw clay: scatters light and mirrors nothing. */
export function matt(colour: Vector): Surface {
  return { colour, shine: 0, roughness: 1, creep: black, through: black };
}

/** Wood, leather, stems: a faint broad sheen. */
export function satin(colour: Vector, roughness: number, shine = 0.04): Surface {
  return { colour, shine, roughness, creep: black, through: black };
}

/** Glazed clay: a clear mirror over the colour. */
export function glazed(colour: Vector, roughness = 0.05): Surface {
  return { colour, shine: 0.05, roughness, creep: black, through: black };
}

/** Fruit: a waxy skin over flesh that carries light round the terminator. */
export function fleshy(colour: Vector, roughness: number, creep: Vector): Surface {
  return { colour, shine: 0.035, roughness, creep, through: black };
}

/** A leaf: thin enough that the light behind it shows through. */
export function leafy(colour: Vector, through: Vector, roughness: number): Surface {
  return { colour, shine: 0.035, roughness, creep: black, through };
}
