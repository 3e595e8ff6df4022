/** Integer-hash noise: the same on every machine, with no state and no seed from outside. */

/** The PCG output permutation of one 32-bit word. */
export function pcg(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) >>> 0;
  const word = Math.imul(((state >>> ((state >>> 28) + 4)) ^ state) >>> 0, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** A hash of up to three integers. */
export function hash(x: number, y = 0, z = 0): number {
  return pcg((x + pcg((y + pcg(z)) | 0)) | 0);
}

/** A number in [0, 1) for three integers. */
export function random(x: number, y = 0, z = 0): number {
  return hash(x, y, z) / 4294967296;
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/** Smooth noise in [-1, 1] with features about one unit wide. */
export function noise(x: number, y: number, z: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const iz = Math.floor(z);
  const u = fade(x - ix);
  const v = fade(y - iy);
  const near = noiseLayer(ix, iy, iz, u, v);
  const far = noiseLayer(ix, iy, iz + 1, u, v);
  return (near + (far - near) * fade(z - iz)) * 2 - 1;
}

/** One z layer of the lattice; shares the hash of z, then of y, between its four corners. */
function noiseLayer(ix: number, iy: number, iz: number, u: number, v: number): number {
  const layer = pcg(iz);
  const low = pcg((iy + layer) | 0);
  const high = pcg((iy + 1 + layer) | 0);
  const a = pcg((ix + low) | 0);
  const b = pcg((ix + 1 + low) | 0);
  const c = pcg((ix + high) | 0);
  const d = pcg((ix + 1 + high) | 0);
  const bottom = a + (b - a) * u;
  return (bottom + (c + (d - c) * u - bottom) * v) / 4294967296;
}

/** Several octaves of noise, in [-1, 1]: clouds, stains, plaster. */
export function cloud(x: number, y: number, z: number, octaves: number): number {
  let sum = 0;
  let weight = 0.5;
  let frequency = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += weight * noise(x * frequency + octave * 17, y * frequency, z * frequency);
    weight *= 0.5;
    frequency *= 2.03;
  }
  return sum;
}

/** The distance to the nearest of one random point per unit cell: pores, speckles. */
export function cells(x: number, y: number, z: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const iz = Math.floor(z);
  let nearest = 4;
  for (let k = iz - 1; k <= iz + 1; k += 1) {
    for (let j = iy - 1; j <= iy + 1; j += 1) {
      for (let i = ix - 1; i <= ix + 1; i += 1) {
        const seed = hash(i, j, k);
        const dx = i + (seed & 1023) / 1024 - x;
        const dy = j + ((seed >>> 10) & 1023) / 1024 - y;
        const dz = k + ((seed >>> 20) & 1023) / 1024 - z;
        nearest = Math.min(nearest, dx * dx + dy * dy + dz * dz);
      }
    }
  }
  return Math.sqrt(nearest);
}
