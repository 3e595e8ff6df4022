import { cameraRay } from './camera.ts';
import { stillLife } from './scene.ts';
import { Sequence } from './sequence.ts';
import { look } from './shading.ts';
import type { Sight } from './shading.ts';
import type { Group } from './thing.ts';
import { filter } from './vector.ts';
import type { Vector } from './vector.ts';

export interface View {
  readonly width: number;
  readonly height: number;
  /** Rays per pixel. */
  readonly samples: number;
}

/** The bundled picture. */
export const picture: View = { width: 960, height: 640, samples: 16 };

/** Averages over each pixel's rays, three numbers a pixel and one for the distance. */
export interface Layers {
  readonly direct: Float32Array;
  readonly bounced: Float32Array;
  readonly colour: Float32Array;
  readonly gleam: Float32Array;
  readonly normal: Float32Array;
  readonly distance: Float32Array;
}

export function emptyLayers(width: number, height: number): Layers {
  const triples = (): Float32Array => new Float32Array(width * height * 3);
  return { direct: triples(), bounced: triples(), colour: triples(), gleam: triples(), normal: triples(), distance: new Float32Array(width * height) };
}

/** Renders the rows from `first` up to `end` of a view. */
export function renderRows(view: View, first: number, end: number): Layers {
  const scene = stillLife();
  const layers = emptyLayers(view.width, end - first);
  for (let y = first; y < end; y += 1) {
    for (let x = 0; x < view.width; x += 1) renderPixel(scene, view, x, y, layers, (y - first) * view.width + x);
  }
  return layers;
}

function renderPixel(scene: readonly Group[], view: View, x: number, y: number, layers: Layers, pixel: number): void {
  const numbers = new Sequence(x, y);
  for (let sample = 0; sample < view.samples; sample += 1) {
    numbers.use(sample);
    const ray = cameraRay(x, y, view.width, view.height, numbers);
    record(look(scene, ray.origin, ray.direction, numbers), layers, pixel, 1 / view.samples);
  }
  unmix(layers, pixel);
}

/** Light is summed already filtered by the colour, so that pixels on an edge average what is seen, not its factors. */
function record({ direct, bounced, colour, gleam, normal, distance }: Sight, layers: Layers, pixel: number, share: number): void {
  tally(layers.direct, pixel, filter(direct, colour), share);
  tally(layers.bounced, pixel, filter(bounced, colour), share);
  tally(layers.colour, pixel, colour, share);
  tally(layers.gleam, pixel, gleam, share);
  tally(layers.normal, pixel, normal, share);
  layers.distance[pixel]! += distance * share;
}

function tally(layer: Float32Array, pixel: number, value: Vector, share: number): void {
  layer[pixel * 3]! += value.x * share;
  layer[pixel * 3 + 1]! += value.y * share;
  layer[pixel * 3 + 2]! += value.z * share;
}

/** Divides the averaged colour out of the averaged light again. */
function unmix({ direct, bounced, colour }: Layers, pixel: number): void {
  for (let index = pixel * 3; index < pixel * 3 + 3; index += 1) {
    const share = Math.max(colour[index]!, 1e-3);
    direct[index]! /= share;
    bounced[index]! /= share;
  }
}
