import type { Frame } from './frame.ts';
import { fruit } from './fruit.ts';
import { fleshy, paint } from './materials.ts';
import { cells, cloud, noise, random } from './noise.ts';
import { carve, meld, sphere, spheroid } from './shapes.ts';
import type { Surface, Thing } from './thing.ts';
import { blend, scale, smoothstep, vector } from './vector.ts';
import type { Vector } from './vector.ts';

const citrusCreep = vector(0.32, 0.2, 0.08);

/** The pits of citrus skin. `kind` sets one fruit apart from the next. */
function pores(x: number, y: number, z: number, kind: number): number {
  return smoothstep(0.55, 0.1, cells(x * 30 + kind * 7, y * 30, z * 30));
}

export function orange(frame: Frame, radius: number, kind: number): Thing {
  return fruit({
    frame,
    reach: radius * 1.08,
    distance(x, y, z) {
      const dimple = 0.05 * Math.exp(-(x * x + z * z) / 0.012) * (y > 0 ? 1 : 0);
      const lump = 0.014 * noise(x * 2.6 + kind * 9, y * 2.6, z * 2.6);
      return spheroid(x, y, z, radius, radius * 0.94) + dimple + lump;
    },
    relief: (x, y, z) => -0.0042 * pores(x, y, z, kind) + 0.004 * noise(x * 9, y * 9, z * 9 + kind),
    surface: (point) => orangeSkin(point, radius, kind),
  });
}

function orangeSkin({ x, y, z }: Vector, radius: number, kind: number): Surface {
  const ripe = smoothstep(-0.4, 0.4, cloud(x * 2 + kind * 5, y * 2, z * 2, 3));
  const skin = blend(paint(0xe67a12), paint(0xf09a22), ripe);
  const pitted = blend(skin, paint(0xc95f0c), 0.35 * pores(x, y, z, kind));
  const axis = Math.sqrt(x * x + z * z);
  const lobes = 0.045 + 0.012 * Math.sin(5 * Math.atan2(z, x));
  const stalk = y > 0 ? smoothstep(lobes + 0.01, lobes - 0.01, axis) : 0;
  const greenish = y > 0 ? 0.35 * smoothstep(0.22, 0.05, axis) : 0;
  const crowned = blend(blend(pitted, paint(0x9a8a1c), greenish), paint(0x5a5a26), stalk);
  return fleshy(scale(crowned, 1 - 0.1 * smoothstep(0, -radius, y)), 0.3, citrusCreep);
}

export function lemon(frame: Frame, length: number, kind: number): Thing {
  const radius = length * 0.7;
  return fruit({
    frame,
    reach: length * 1.25,
    distance(x, y, z) {
      const body = spheroid(x, y, z, radius, length);
      const nipple = sphere(x, y - length * 1.02, z, 0.055);
      const stalkEnd = sphere(x, y + length * 0.98, z, 0.05);
      const lump = 0.02 * noise(x * 3.2 + kind * 9, y * 3.2, z * 3.2);
      return meld(meld(body, nipple, 0.22), stalkEnd, 0.16) + lump;
    },
    relief: (x, y, z) => -0.0042 * pores(x, y, z, kind) + 0.005 * noise(x * 8, y * 8, z * 8 + kind),
    surface({ x, y, z }) {
      const ripe = smoothstep(-0.4, 0.4, cloud(x * 2 + kind * 5, y * 2, z * 2, 3));
      const skin = blend(paint(0xefbf1e), paint(0xfada46), ripe);
      const tips = smoothstep(length * 0.7, length * 1.1, Math.abs(y));
      const greened = blend(skin, paint(0xa7a42a), 0.6 * tips);
      return fleshy(blend(greened, paint(0xc08e14), 0.3 * pores(x, y, z, kind)), 0.3, vector(0.32, 0.26, 0.08));
    },
  });
}

/** Half an orange, its cut face looking up along the frame. */
export function halfOrange(frame: Frame, radius: number): Thing {
  return fruit({
    frame,
    middle: vector(0, -radius * 0.45, 0),
    reach: radius * 1.08,
    distance: (x, y, z) => carve(spheroid(x, y, z, radius, radius) + 0.008 * noise(x * 3, y * 3, z * 3), y, 0.02),
    relief: (x, y, z) => (y > -0.015 ? pulpRelief(x, z, radius) : -0.0042 * pores(x, y, z, 4)),
    surface: (point) => (point.y > -0.02 ? cutFace(point, radius) : orangeSkin(point, radius, 4)),
  });
}

const segments = 10;

/** Where a point of the cut face lies: its segment and how near to a membrane it is. */
function segmentAt(x: number, z: number, radius: number): { readonly index: number; readonly gap: number; readonly radial: number } {
  const radial = Math.sqrt(x * x + z * z) / radius;
  const turn = (Math.atan2(z, x) / (2 * Math.PI)) * segments + 0.18 * noise(x * 5, z * 5, 3);
  const index = Math.round(turn);
  const toSide = (0.5 - Math.abs(turn - index)) * ((2 * Math.PI) / segments) * radial;
  return { index: (index + segments) % segments, gap: Math.min(toSide, 0.86 - radial, radial - 0.1), radial };
}

/** The juice sacs: drops drawn out towards the rim. */
function sacs(x: number, z: number, radius: number): number {
  const angle = Math.atan2(z, x);
  const radial = Math.sqrt(x * x + z * z) / radius;
  return cells(radial * 3.2, angle * 13 * Math.max(radial, 0.35), 2);
}

function pulpRelief(x: number, z: number, radius: number): number {
  return 0.01 * smoothstep(0, 0.09, segmentAt(x, z, radius).gap) - 0.006 * sacs(x, z, radius);
}

function cutFace({ x, z }: Vector, radius: number): Surface {
  const { gap, radial, index } = segmentAt(x, z, radius);
  const juice = blend(paint(0xd9620a), paint(0xf6a32c), smoothstep(0.15, 0.75, sacs(x, z, radius)) * 0.8 + 0.2 * random(index, 5));
  const flesh = blend(paint(0xf7d08a), juice, smoothstep(0.005, 0.035, gap));
  const pith = blend(flesh, paint(0xf5e3b8), smoothstep(0.85, 0.875, radial));
  const rind = blend(pith, paint(0xe88a18), smoothstep(0.935, 0.955, radial));
  return { ...fleshy(rind, 0.3, vector(0.4, 0.3, 0.15)), shine: 0.04 * smoothstep(0.9, 0.8, radial) + 0.01 };
}
