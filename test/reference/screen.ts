/** The twin of `roundScreen` in shaders/lib/screen.wgsl, with the heights of the exact integral. `angle` in degrees, `rim` in px². */
export function roundScreen(amount: number, x: number, y: number, angle: number, period: number, rim: number): number {
  if (amount < 0.004 || amount > 0.996) return Math.round(amount);
  const [a = 0, b = 0] = cellAt(x, y, angle, period).map((cells) => 2 * Math.PI * cells);
  const rate = ((2 * Math.PI) / period) * Math.max(0.5 * Math.hypot(Math.sin(a), Math.sin(b)), 0.12);
  const even = Math.abs(1 - 2 * amount);
  const bare = even * (1 + (4 * rim) / (period * period * (1 + even)));
  // Above the top of the spots it goes on with its last slope.
  const height = Math.sign(1 - 2 * amount) * (bare < 1 ? heightOver((1 - bare) / 2) : 1 + (Math.PI / 2) * (bare - 1));
  return saturate((0.5 * (Math.cos(a) + Math.cos(b)) - height) / rate + 0.5);
}

function cellAt(x: number, y: number, angle: number, period: number): [number, number] {
  const t = (angle * Math.PI) / 180;
  return [(x * Math.cos(t) + y * Math.sin(t)) / period, (-x * Math.sin(t) + y * Math.cos(t)) / period];
}

/** The height over which (cos a + cos b) / 2 has an area from 0 to 1/2. */
function heightOver(area: number): number {
  return 1 - AREAS.findIndex((over) => over >= area - 1e-9) / STEPS;
}

const STEPS = 1024;
/** The areas over the heights from 1 down to 0. The density of a height is 1 / (pi agm(1, height)). */
const AREAS = [0];
for (let i = 0; i < STEPS; i++) AREAS.push(AREAS[i]! + 1 / (STEPS * Math.PI * agm(1, 1 - (i + 0.5) / STEPS)));

function agm(a: number, b: number): number {
  return Math.abs(a - b) < 1e-9 ? a : agm((a + b) / 2, Math.sqrt(a * b));
}

const saturate = (value: number): number => Math.min(1, Math.max(0, value));
