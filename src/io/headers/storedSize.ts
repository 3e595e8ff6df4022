/** What a header says, unchecked: any of it may be NaN, zero or out of its range. */
export interface StoredSize {
  /** Pixels in a row as they are stored, before the orientation is applied. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** As EXIF counts it. */
  readonly orientation?: number | undefined;
}
