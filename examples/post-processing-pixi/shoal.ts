import { Container, FillGradient, Graphics, GraphicsContext } from 'pixi.js';

/** The ground of the stage, which lets nothing through. */
export const WATER = '#1f7f9c';

/** The stage's own lengths: it is scaled to whatever the canvas measures. */
const WIDTH = 300;
const HEIGHT = 200;

const FISHES = [
  { body: '#ff8a2a', fin: '#e2481f', band: '#fff4dc', size: 1.5, y: 78, speed: 15, start: 150 },
  { body: '#ffd23f', fin: '#f29f05', band: '#2b3a67', size: 1.05, y: 44, speed: 22, start: 40 },
  { body: '#ef476f', fin: '#b5179e', band: '#ffd6e0', size: 1.2, y: 122, speed: 18, start: 262 },
  { body: '#9be564', fin: '#3fa34d', band: '#f7ffe0', size: 0.8, y: 150, speed: 26, start: 90 },
  { body: '#ffd23f', fin: '#f29f05', band: '#2b3a67', size: 0.75, y: 28, speed: 24, start: 70 },
  { body: '#f7f3e3', fin: '#3d5a98', band: '#3d5a98', size: 0.9, y: 104, speed: 20, start: 20 },
  { body: '#ffd23f', fin: '#f29f05', band: '#2b3a67', size: 0.85, y: 58, speed: 23, start: 12 },
  { body: '#ff8a2a', fin: '#e2481f', band: '#fff4dc', size: 0.7, y: 168, speed: 28, start: 220 },
] as const;
const WEEDS = [{ x: 18, height: 92, color: '#2f9e44' }, { x: 34, height: 60, color: '#5aa82f' }, { x: 246, height: 74, color: '#2f9e44' }, { x: 266, height: 104, color: '#1f7a4d' }, { x: 286, height: 66, color: '#74b72e' }] as const;
const BUBBLES = 26;
const ROOM = 60;

/** Fishes, weeds and bubbles on a stage, and how they swim. */
export function makeShoal(stage: Container): { resize(width: number, height: number): void; swim(seconds: number): void } {
  const sea = new Container();
  stage.addChild(sea);
  const rays = [60, 130, 205].map((x, i) => new Graphics().poly([x, -5, x + 26, -5, x - 50 + 12 * i, 210, x - 110 + 12 * i, 210]).fill('#d9fbff24'));
  const weeds = WEEDS.map(() => new Graphics());
  const fishes = FISHES.map(makeFish);
  const air = new GraphicsContext().circle(0, 0, 1).fill('#e8fbff8c').circle(-0.3, -0.35, 0.28).fill('#ffffff');
  const bubbles = Array.from({ length: BUBBLES }, () => new Graphics(air));
  sea.addChild(depth(), ...rays, ground(), ...weeds, ...fishes, ...bubbles);

  return {
    resize: (width, height) => void sea.scale.set(width / WIDTH, height / HEIGHT),
    swim(seconds) {
      rays.forEach((ray, i) => void (ray.alpha = 0.65 + 0.35 * Math.sin(0.7 * seconds + 2 * i)));
      weeds.forEach((weed, i) => drawWeed(weed, i, seconds));
      fishes.forEach((fish, i) => {
        const { y, speed, start, size } = FISHES[i] as (typeof FISHES)[number];
        fish.position.set(((start + speed * seconds) % (WIDTH + 2 * ROOM)) - ROOM + 30, y + 3 * Math.sin(0.8 * seconds + i));
        fish.rotation = 0.06 * Math.cos(0.8 * seconds + i);
        (fish.children[0] as Container).scale.x = 0.75 + 0.25 * Math.sin(0.35 * speed * seconds + i);
        fish.scale.set(size);
      });
      bubbles.forEach((bubble, i) => {
        const rise = (17 * i + (9 + (i % 5) * 3) * seconds) % (HEIGHT + 20);
        bubble.position.set(((71 * i) % WIDTH) + 4 * Math.sin(seconds + i), HEIGHT + 10 - rise);
        bubble.scale.set(1.2 + (i % 4) * 0.9);
      });
    },
  };
}

/** Colours from the top of a shape to its bottom. */
function downwards(...stops: readonly (readonly [offset: number, color: string])[]): FillGradient {
  return new FillGradient({ type: 'linear', start: { x: 0, y: 0 }, end: { x: 0, y: 1 }, colorStops: stops.map(([offset, color]) => ({ offset, color })) });
}

/** Lighter water above, darker below. */
function depth(): Graphics {
  return new Graphics().rect(0, 0, WIDTH, HEIGHT).fill(downwards([0, '#8fe3e6'], [0.55, '#2e9dba'], [1, '#10486f']));
}

function ground(): Graphics {
  const sand = new Graphics().moveTo(0, HEIGHT).lineTo(0, 184).bezierCurveTo(60, 172, 110, 192, 165, 183).bezierCurveTo(220, 174, 250, 188, 300, 178).lineTo(300, HEIGHT).fill('#e9c46a');
  sand.ellipse(70, 188, 26, 10).fill('#8d6a9f').ellipse(64, 185, 12, 4).fill('#b497c4');
  sand.ellipse(205, 190, 34, 12).fill('#c65d4b').ellipse(196, 186, 15, 5).fill('#e58a72');
  return sand;
}

/** Looks to the right; the first child is its tail, which beats. */
function makeFish({ body, fin, band }: (typeof FISHES)[number]): Container {
  const fish = new Container();
  const tail = new Graphics().moveTo(0, 0).bezierCurveTo(-6, -4, -12, -12, -17, -11).bezierCurveTo(-14, -4, -14, 4, -17, 11).bezierCurveTo(-12, 12, -6, 4, 0, 0).fill(fin);
  tail.position.x = -17;
  const trunk = new Graphics()
    .moveTo(-8, -10).bezierCurveTo(-4, -20, 8, -19, 10, -10).fill(fin)
    .moveTo(-4, 10).bezierCurveTo(-4, 18, 4, 17, 6, 9).fill(fin)
    .moveTo(-21, 0).bezierCurveTo(-12, -15, 14, -17, 23, -1).bezierCurveTo(14, 15, -12, 14, -21, 0).fill(downwards([0, fin], [0.35, body], [0.8, body], [1, band]))
    .moveTo(3, -12).bezierCurveTo(8, -5, 8, 5, 3, 11.6).lineTo(-2, 11.4).bezierCurveTo(3, 5, 3, -5, -2, -11.8).fill(band)
    .moveTo(-3, 2).bezierCurveTo(-8, 1, -11, 6, -9, 8).bezierCurveTo(-6, 8, -4, 6, -3, 2).fill(fin)
    .circle(14, -4, 3.4).fill('#ffffff').circle(15, -4, 1.8).fill('#1d1d2b');
  fish.addChild(tail, trunk);
  return fish;
}

/** A leaf that sways: its tip far, its foot not. */
function drawWeed(weed: Graphics, i: number, seconds: number): void {
  const { x, height, color } = WEEDS[i] as (typeof WEEDS)[number];
  const sway = 10 * Math.sin(0.9 * seconds + 1.7 * i);
  const foot = HEIGHT - 8;
  weed.clear().moveTo(x - 5, foot).bezierCurveTo(x - 12, foot - 0.4 * height, x + 8 + 0.4 * sway, foot - 0.6 * height, x + sway, foot - height).bezierCurveTo(x + 14 + 0.4 * sway, foot - 0.6 * height, x + 2, foot - 0.3 * height, x + 5, foot).fill(color);
}
