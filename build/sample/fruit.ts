import { leaning } from './frame.ts';
import type { Frame } from './frame.ts';
import { fleshy, paint, satin } from './materials.ts';
import { cells, cloud, noise, random } from './noise.ts';
import { meld, rod, spheroid } from './shapes.ts';
import type { Surface, Thing } from './thing.ts';
import { blend, scale, smoothstep, vector } from './vector.ts';
import type { Vector } from './vector.ts';

/** What every fruit has in common; its box is a cube about its middle. */
interface Fruit {
  readonly frame: Frame;
  readonly middle?: Vector;
  readonly reach: number;
  readonly stride?: number;
  readonly distance: Thing['distance'];
  readonly relief?: (x: number, y: number, z: number) => number;
  readonly surface: Thing['surface'];
}

export function fruit({ reach, ...rest }: Fruit): Thing {
  return { middle: vector(0, 0, 0), half: vector(reach, reach, reach), stride: 0.9, round: true, ...rest };
}

/** A pear that leans a little, its foot at the frame's origin. */
export function pear(frame: Frame): Thing {
  return fruit({
    frame,
    middle: vector(0.06, 0.65, 0),
    reach: 0.72,
    stride: 0.8,
    distance(x, y, z) {
      const bent = x - 0.11 * y * y;
      const belly = spheroid(bent, y - 0.43, z, 0.47, 0.44);
      const neck = spheroid(bent, y - 1.0, z, 0.2, 0.24);
      const lump = 0.03 * noise(x * 1.7 + 3, y * 1.7, z * 1.7);
      return (meld(belly, neck, 0.5) + lump + 0.05 * Math.exp(-(bent * bent + z * z) / 0.006) * smoothstep(1, 1.2, y)) * 0.95;
    },
    relief: (x, y, z) => 0.003 * noise(x * 6, y * 6, z * 6) + 0.001 * noise(x * 30, y * 30, z * 30),
    surface: pearSkin,
  });
}

function pearSkin({ x, y, z }: Vector): Surface {
  const ripe = smoothstep(-0.4, 0.4, cloud(x * 1.8, y * 1.8, z * 1.8, 4));
  const skin = blend(paint(0x9ba63a), paint(0xd0c04e), ripe);
  const blush = smoothstep(-0.1, 0.5, x * 0.9 + z * 0.3 + 0.35 * cloud(x * 3, y * 3, z * 3, 4));
  const sunny = blend(skin, paint(0xb4492a), 0.75 * blush);
  const lenticel = smoothstep(0.26, 0.14, cells(x * 17, y * 17, z * 17));
  const russet = smoothstep(0.15, 0.45, cloud(x * 4, y * 4, z * 4, 4) + 0.9 * smoothstep(0.95, 1.25, y));
  return fleshy(blend(blend(sunny, paint(0x7a5a2a), 0.5 * lenticel), paint(0x8f6a34), 0.6 * russet), 0.32, vector(0.24, 0.22, 0.08));
}

/** A red apple, its foot near the frame's origin. */
export function apple(frame: Frame, size: number, kind: number): Thing {
  return fruit({
    frame,
    middle: vector(0, size * 0.84, 0),
    reach: size * 1.15,
    stride: 0.8,
    distance(x, y, z) {
      const lobes = 1 + 0.012 * Math.sin(5 * Math.atan2(z, x)) * smoothstep(size * 0.7, 0, y);
      const up = y / size - 0.84;
      const radial = (Math.sqrt(x * x + z * z) / size) * (1 - 0.13 * up) * lobes;
      const body = Math.hypot(radial - 0.3, up * 0.8) - 0.68;
      return (body + 0.03 * noise(x * 2 + kind, y * 2, z * 2)) * size * 0.9;
    },
    relief: (x, y, z) => 0.002 * noise(x * 7, y * 7, z * 7),
    surface: (point) => appleSkin(point, size, kind),
  });
}

function appleSkin({ x, y, z }: Vector, size: number, kind: number): Surface {
  const angle = Math.atan2(z, x);
  const wander = 0.25 * noise(x * 5, y * 5, z * 5);
  const streak = noise(Math.cos(angle + wander) * 7 + kind, y * 2.2, Math.sin(angle + wander) * 7) + 0.4 * noise(Math.cos(angle) * 19, y * 5, Math.sin(angle) * 19);
  const red = blend(paint(0x96161a), paint(0xb02c20), smoothstep(-0.7, 0.8, streak));
  const axis = Math.sqrt(x * x + z * z) / size;
  const hollow = smoothstep(0.34, 0.08, axis + 0.12 * streak);
  const cheek = smoothstep(0.05, 0.6, cloud(x * 1.9 + kind * 3, y * 1.9, z * 1.9, 3) + 0.22 * streak);
  const skin = blend(red, paint(0xc2a03c), Math.max(0.8 * hollow, 0.62 * cheek));
  const dot = smoothstep(0.22, 0.08, cells(x * 15 + kind, y * 15, z * 15));
  return fleshy(blend(skin, paint(0xdcc07a), 0.35 * dot), 0.2, vector(0.2, 0.08, 0.04));
}

/** One grape, with the dusty bloom that fingers wipe off. */
export function grape(frame: Frame, radius: number, kind: number): Thing {
  return fruit({
    frame,
    reach: radius * 1.22,
    stride: 1,
    distance: (x, y, z) => spheroid(x, y, z, radius, radius * (1.04 + 0.16 * random(kind, 22))),
    surface({ x, y, z }, normal) {
      const blush = random(kind, 21);
      const skin = blend(paint(0x34112e), paint(0x641c33), blush);
      const wiped = smoothstep(-0.25, 0.35, cloud(x * 4 + kind * 3, y * 4, z * 4, 3));
      const bloom = (0.12 + 0.38 * Math.max(0, normal.y)) * wiped;
      return fleshy(blend(skin, paint(0x9a9ac0), bloom), 0.14 + 0.2 * wiped, vector(0.3, 0.12, 0.2));
    },
  });
}

/** A bare stalk from `from` to `to`. */
export function stalk(from: Vector, to: Vector, thick: number, thin: number, colour: Vector): Thing {
  const rise = { x: to.x - from.x, y: to.y - from.y, z: to.z - from.z };
  const length = Math.hypot(rise.x, rise.y, rise.z);
  return {
    frame: leaning(from, rise),
    middle: vector(0, length / 2, 0),
    half: vector(thick, length / 2 + thick, thick),
    stride: 1,
    round: false,
    distance: (x, y, z) => rod(x, y, z, length, thick, thin),
    surface: ({ x, y, z }) => satin(scale(colour, 1 + 0.3 * noise(x * 30, y * 12, z * 30)), 0.5),
  };
}
