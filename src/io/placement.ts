import { mat3 } from 'wgpu-matrix';
import type { ChangeWatch } from '../core/changeWatch.ts';
import { InputError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';

/** How a picture of one shape is shown on a target of another: whole with bars, filling with parts cut off, or stretched. */
export type Fit = 'contain' | 'cover' | 'fill';

/** Every {@link Fit}. */
export const FITS: readonly Fit[] = ['contain', 'cover', 'fill'];

/** A rectangle in pixels: as a crop, of the oriented source. */
export interface Crop extends Size {
  readonly x: number;
  readonly y: number;
}

/** All of a picture. */
export function wholeOf({ width, height }: Size): Crop {
  return { x: 0, y: 0, width, height };
}

/** What part of a source is painted, which way round and how large. */
export interface Placement {
  /** The part of the source to paint; all of it by default. An encoded picture is decoded whole for it. */
  readonly crop?: Crop;
  /** Mirrors left and right, as a selfie camera does. */
  readonly mirror?: boolean;
  /** The EXIF orientation of a source that carries none itself, 1 to 8; 1 by default. */
  readonly orientation?: number;
  /** The longest side that is painted, in pixels; a larger source is scaled down. */
  readonly maxSize?: number;
  /** Paints at this fraction of the size, in (0, 1]; lengths in px shrink with it. */
  readonly scale?: number;
}

/** A matrix that maps pixel centres, and how large a pixel is on the other side. */
export interface PixelMap {
  readonly matrix: Float32Array;
  readonly extent: [number, number];
}

/** Notes everything a placement says. */
export function notePlacement(watch: ChangeWatch, { crop, mirror = false, orientation = 1 }: Placement): void {
  watch.note(crop?.x ?? -1);
  watch.note(crop?.y ?? -1);
  watch.note(crop?.width ?? -1);
  watch.note(crop?.height ?? -1);
  watch.note(Number(mirror));
  watch.note(orientation);
}

/** Pixels of a rectangle. */
export function area({ width, height }: Size): number {
  return width * height;
}

/** A map to be filled again where something changed. */
export function createPixelMap(): PixelMap {
  return { matrix: mat3.identity() as Float32Array, extent: [1, 1] };
}

const TURNED = 5;
const LAST_ORIENTATION = 8;
/** For each EXIF orientation, where the oriented picture's (u, v) lies in the stored one: column-major 3×3 on [0, 1]². */
const STORED_FROM_ORIENTED: readonly ArrayLike<number>[] = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1],
  [-1, 0, 0, 0, 1, 0, 1, 0, 1],
  [-1, 0, 0, 0, -1, 0, 1, 1, 1],
  [1, 0, 0, 0, -1, 0, 0, 1, 1],
  [0, 1, 0, 1, 0, 0, 0, 0, 1],
  [0, -1, 0, 1, 0, 0, 0, 1, 1],
  [0, -1, 0, -1, 0, 0, 1, 1, 1],
  [0, 1, 0, -1, 0, 0, 1, 0, 1],
].map((values) => mat3.create(...values));

/** @throws {@link InputError} for a value that fits no source. */
export function checkPlacement({ maxSize = Infinity, scale = 1, orientation = 1 }: Placement): void {
  if (!(maxSize >= 1)) throw new InputError(`maxSize is ${maxSize}, must be a number of pixels from 1`);
  if (!(scale > 0 && scale <= 1)) throw new InputError(`scale is ${scale}, must be in (0, 1]`);
  if (!Number.isInteger(orientation) || orientation < 1 || orientation > LAST_ORIENTATION) throw new InputError(`orientation is ${orientation}, must be a whole number from 1 to ${LAST_ORIENTATION}`);
}

/** The size a source is painted at: oriented, cropped, bounded by `maxSize`, times `scale`. */
export function workingSize(source: Size, placement: Placement): Size {
  checkPlacement(placement);
  const { width, height } = croppedSize(source, placement);
  const { maxSize = Infinity, scale = 1 } = placement;
  const factor = Math.min(1, maxSize / Math.max(width, height)) * scale;
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

function croppedSize(source: Size, { crop, orientation = 1 }: Placement): Size {
  const oriented = orientation >= TURNED ? { width: source.height, height: source.width } : source;
  if (crop === undefined) return oriented;
  const inside = crop.x >= 0 && crop.y >= 0 && crop.width >= 1 && crop.height >= 1 && crop.x + crop.width <= oriented.width && crop.y + crop.height <= oriented.height;
  if (!inside) throw new InputError(`crop is ${crop.width}x${crop.height} at (${crop.x}, ${crop.y}), must lie inside the source of ${oriented.width}x${oriented.height}`);
  return crop;
}

// Filled again for each step, because a frame should leave no garbage.
const pair: [number, number] = [0, 0];

function vector(x: number, y: number): [number, number] {
  pair[0] = x;
  pair[1] = y;
  return pair;
}

/** Maps pixels of the working picture to pixels of the stored source. */
export function mapToSource(source: Size, working: Size, placement: Placement, into: PixelMap): void {
  const { crop, mirror = false, orientation = 1 } = placement;
  const turned = orientation >= TURNED;
  const orientedWidth = turned ? source.height : source.width;
  const orientedHeight = turned ? source.width : source.height;
  const { x = 0, y = 0, width = orientedWidth, height = orientedHeight } = crop ?? {};
  const m = into.matrix;
  mat3.scaling(vector(source.width, source.height), m);
  if (orientation > 1) mat3.multiply(m, STORED_FROM_ORIENTED[orientation - 1] as Float32Array, m);
  mat3.scale(m, vector(1 / orientedWidth, 1 / orientedHeight), m);
  mat3.translate(m, vector(x, y), m);
  mat3.scale(m, vector(width / working.width, height / working.height), m);
  if (mirror) {
    mat3.translate(m, vector(working.width, 0), m);
    mat3.scale(m, vector(-1, 1), m);
  }
  setExtent(into);
}

/** Maps pixels of a target to pixels of the picture shown on it. */
export function mapToPicture(picture: Size, target: Size, fit: Fit, into: PixelMap): void {
  const x = target.width / picture.width;
  const y = target.height / picture.height;
  const uniform = fit === 'contain' ? Math.min(x, y) : Math.max(x, y);
  const scaleX = fit === 'fill' ? x : uniform;
  const scaleY = fit === 'fill' ? y : uniform;
  const m = into.matrix;
  mat3.scaling(vector(1 / scaleX, 1 / scaleY), m);
  mat3.translate(m, vector((picture.width * scaleX - target.width) / 2, (picture.height * scaleY - target.height) / 2), m);
  setExtent(into);
}

/** The part of a stored source that a part of the working picture is imported from: what its pixels cover, and `beyond` pixels of the working picture more, as far as there is source. */
export function partOfSource(source: Size, working: Size, placement: Placement, { x, y, width, height }: Crop, beyond: number): Crop {
  const map = createPixelMap();
  mapToSource(source, working, placement, map);
  const [first, last] = [pointOn(map, x - beyond, y - beyond), pointOn(map, x + width + beyond, y + height + beyond)];
  const [left, right] = span(first[0], last[0], source.width);
  const [top, bottom] = span(first[1], last[1], source.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function pointOn({ matrix: m }: PixelMap, x: number, y: number): readonly [number, number] {
  return [m[0]! * x + m[4]! * y + m[8]!, m[1]! * x + m[5]! * y + m[9]!];
}

// A pixel covers at least one texel about its middle, which may reach half of one beyond its own place; and coordinates are rounded.
const REACH_OF_PIXEL = 1;

function span(a: number, b: number, most: number): readonly [number, number] {
  return [Math.max(0, Math.floor(Math.min(a, b)) - REACH_OF_PIXEL), Math.min(most, Math.ceil(Math.max(a, b)) + REACH_OF_PIXEL)];
}

/** Makes a map that goes on from `from`, of what it maps, to places relative to `to`. */
export function shiftMap({ matrix: m }: PixelMap, [x, y]: readonly [number, number], to: { readonly x: number; readonly y: number }): void {
  m[8]! += m[0]! * x + m[4]! * y - to.x;
  m[9]! += m[1]! * x + m[5]! * y - to.y;
}

/** Whether each pixel is exactly one texel on the other side, so that nothing is averaged. */
export function mapsTexels({ matrix: m, extent }: PixelMap): boolean {
  return extent[0] === 1 && extent[1] === 1 && Number.isInteger(m[8]) && Number.isInteger(m[9]);
}

function setExtent({ matrix: m, extent }: PixelMap): void {
  extent[0] = Math.abs(m[0] as number) + Math.abs(m[4] as number);
  extent[1] = Math.abs(m[1] as number) + Math.abs(m[5] as number);
}
