/** Of a canvas in a page or in a worker. */
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The drawing's own lengths: all coordinates are in these, whatever the canvas measures. */
const WIDTH = 300;
const HEIGHT = 200;
const HORIZON = 112;

/** From far to near: where the crests are, how high, how long, how fast, and their colours from crest to trough. */
const WAVES = [
  { y: 114, height: 1.2, length: 34, speed: 3, crest: '#9fc3c4', trough: '#5e93a0' },
  { y: 122, height: 2, length: 48, speed: 5, crest: '#8fbcc0', trough: '#3f7d90' },
  { y: 134, height: 3.2, length: 70, speed: 8, crest: '#7fb3ba', trough: '#2f6a82' },
  { y: 150, height: 4.6, length: 96, speed: 12, crest: '#6ba5b0', trough: '#245a74' },
  { y: 170, height: 6.4, length: 132, speed: 17, crest: '#5b98a8', trough: '#163f58' },
] as const;
const CLOUDS = [{ x: 40, y: 36, size: 15 }, { x: 150, y: 24, size: 11 }, { x: 235, y: 46, size: 18 }] as const;
/** The wave that carries the ship. */
const BEARER = 2;

/** Draws a ship on the sea at a moment. */
export function drawSeascape(context: Context, seconds: number): void {
  const { width, height } = context.canvas;
  context.setTransform(width / WIDTH, 0, 0, height / HEIGHT, 0, 0);
  drawSky(context);
  for (const { x, y, size } of CLOUDS) drawCloud(context, ((x + 2 * seconds + 60) % (WIDTH + 120)) - 60, y, size);
  drawLighthouse(context);
  WAVES.forEach((_wave, i) => {
    drawWave(context, i, seconds);
    if (i === BEARER) drawShip(context, seconds);
  });
}

/** How high a wave is at `x`: two sines, so that no crest is like the next. */
function crestOf(i: number, x: number, seconds: number): number {
  const { y, height, length, speed } = WAVES[i] as (typeof WAVES)[number];
  const turn = (2 * Math.PI * (x + speed * seconds)) / length;
  return y - height * Math.sin(turn) - 0.45 * height * Math.sin(2.3 * turn + i);
}

function drawSky(context: Context): void {
  const sky = context.createLinearGradient(0, 0, 0, HORIZON);
  sky.addColorStop(0, '#5f8fb4');
  sky.addColorStop(0.6, '#cfd9cd');
  sky.addColorStop(1, '#f6e2bb');
  context.fillStyle = sky;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const glow = context.createRadialGradient(205, 78, 4, 205, 78, 80);
  glow.addColorStop(0, '#fffbe8');
  glow.addColorStop(0.16, '#fff4cf');
  glow.addColorStop(0.2, 'rgb(255 238 190 / 0.55)');
  glow.addColorStop(1, 'rgb(255 238 190 / 0)');
  context.fillStyle = glow;
  context.fillRect(0, 0, WIDTH, HEIGHT);
}

function drawCloud(context: Context, x: number, y: number, size: number): void {
  for (const [dx, dy, part] of [[-1.3, 0.25, 0.6], [-0.5, -0.1, 0.9], [0.45, -0.2, 1], [1.3, 0.2, 0.65], [0, 0.35, 0.8]] as const) {
    const radius = part * size;
    const [cx, cy] = [x + dx * size, y + dy * size];
    const puff = context.createRadialGradient(cx - 0.3 * radius, cy - 0.4 * radius, 0.1 * radius, cx, cy, radius);
    puff.addColorStop(0, '#ffffff');
    puff.addColorStop(0.7, 'rgb(226 230 230 / 0.9)');
    puff.addColorStop(1, 'rgb(176 192 204 / 0)');
    context.fillStyle = puff;
    context.fillRect(cx - radius, cy - radius, 2 * radius, 2 * radius);
  }
}

function drawLighthouse(context: Context): void {
  const rock = context.createLinearGradient(0, 96, 0, 118);
  rock.addColorStop(0, '#8a7a66');
  rock.addColorStop(1, '#3f3a36');
  fill(context, rock, [[226, 118], [236, 105], [248, 101], [262, 104], [274, 99], [300, 112], [300, 122], [226, 122]]);
  const tower = context.createLinearGradient(251, 0, 265, 0);
  tower.addColorStop(0, '#fdf8ec');
  tower.addColorStop(0.45, '#e7dcc7');
  tower.addColorStop(1, '#83786b');
  fill(context, tower, [[252, 103], [254.5, 64], [261.5, 64], [264, 103]]);
  context.fillStyle = 'rgb(150 40 34 / 0.85)';
  for (const y of [72, 86]) context.fillRect(253.4, y, 9.4, 6.5);
  context.fillStyle = '#3b3430';
  context.fillRect(253, 62.5, 10, 1.8);
  context.fillRect(255.5, 56, 5, 6.5);
  fill(context, '#7d2b26', [[254.6, 56], [258, 51], [261.4, 56]]);
}

function drawWave(context: Context, i: number, seconds: number): void {
  const { y, height, crest, trough } = WAVES[i] as (typeof WAVES)[number];
  const water = context.createLinearGradient(0, y - 1.5 * height, 0, y + 6 * height);
  water.addColorStop(0, crest);
  water.addColorStop(1, trough);
  context.beginPath();
  context.moveTo(0, HEIGHT);
  for (let x = 0; x <= WIDTH; x += 2) context.lineTo(x, crestOf(i, x, seconds));
  context.lineTo(WIDTH, HEIGHT);
  context.fillStyle = water;
  context.fill();
  context.beginPath();
  for (let x = 0; x <= WIDTH; x += 2) context.lineTo(x, crestOf(i, x, seconds));
  context.strokeStyle = 'rgb(250 252 246 / 0.75)';
  context.lineWidth = 0.25 * height;
  context.stroke();
}

/** Heels with the slope of the wave under it. */
function drawShip(context: Context, seconds: number): void {
  const x = 112 + 6 * Math.sin(0.25 * seconds);
  const y = crestOf(BEARER, x, seconds);
  context.save();
  context.translate(x, y + 2);
  context.rotate(0.5 * Math.atan2(crestOf(BEARER, x + 12, seconds) - crestOf(BEARER, x - 12, seconds), 24) + 0.03 * Math.sin(0.9 * seconds));
  const hull = context.createLinearGradient(0, -12, 0, 3);
  hull.addColorStop(0, '#8a5a36');
  hull.addColorStop(1, '#2f1d14');
  fill(context, hull, [[-38, -12], [-30, -10], [24, -9], [42, -15], [33, 0], [24, 4], [-26, 4], [-34, -2]]);
  context.fillStyle = '#3a261a';
  for (const mast of [-22, 2, 24]) context.fillRect(mast - 0.7, -74 + Math.abs(mast - 2) * 0.5, 1.4, 64 - Math.abs(mast - 2) * 0.5);
  const canvas = context.createLinearGradient(-20, 0, 30, 0);
  canvas.addColorStop(0, '#fffaf0');
  canvas.addColorStop(1, '#c9b792');
  const belly = 5 + 1.2 * Math.sin(1.3 * seconds);
  for (const [mast, top, bottom, half] of [[-22, -58, -38, 8], [-22, -36, -15, 10], [2, -70, -46, 10], [2, -44, -15, 13], [24, -58, -38, 8], [24, -36, -16, 10]] as const) drawSail(context, canvas, mast, top, bottom, half, belly);
  fill(context, canvas, [[27, -50], [50, -19], [29, -18]]);
  fill(context, '#a8322a', [[2, -76], [15 + 2 * Math.sin(4 * seconds), -73.5], [2, -71]]);
  context.restore();
}

function drawSail(context: Context, style: CanvasGradient, x: number, top: number, bottom: number, half: number, belly: number): void {
  context.beginPath();
  context.moveTo(x - half, top);
  context.lineTo(x + half, top);
  context.quadraticCurveTo(x + half + belly, (top + bottom) / 2, x + half + 1, bottom);
  context.quadraticCurveTo(x + belly, bottom - 3, x - half - 1, bottom);
  context.quadraticCurveTo(x - half + belly, (top + bottom) / 2, x - half, top);
  context.fillStyle = style;
  context.fill();
  context.strokeStyle = 'rgb(80 60 40 / 0.6)';
  context.lineWidth = 0.5;
  context.stroke();
}

function fill(context: Context, style: string | CanvasGradient, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = style;
  context.fill();
}
