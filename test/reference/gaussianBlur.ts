/** A plane of numbers, row by row. */
export interface Plane {
  readonly data: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** Separable Gaussian in float64 with every tap within `cut` sigmas; borders clamped. */
export function gaussianBlur(plane: Plane, sigma: number, cut = 3): Plane {
  return transpose(blurRows(transpose(blurRows(plane, sigma, cut)), sigma, cut));
}

function blurRows({ data, width, height }: Plane, sigma: number, cut: number): Plane {
  const radius = Math.ceil(cut * sigma);
  const blurred = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let total = 0;
      for (let i = -radius; i <= radius; i++) {
        const weight = Math.exp((-i * i) / (2 * sigma * sigma));
        sum += weight * (data[y * width + Math.min(Math.max(x + i, 0), width - 1)] as number);
        total += weight;
      }
      blurred[y * width + x] = sum / total;
    }
  }
  return { data: blurred, width, height };
}

function transpose({ data, width, height }: Plane): Plane {
  return { data: data.map((_, i) => data[(i % height) * width + Math.floor(i / height)] as number), width: height, height: width };
}
