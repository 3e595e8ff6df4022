/** What is told of a list of measurements, in their unit. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  /** Median absolute deviation from the median: half of the measurements lie within it. */
  readonly spread: number;
}

/** The middle value; of an even number of values the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? NaN;
  return (lower + upper) / 2;
}

/** Medians and their deviations, because a machine that is disturbed now and then moves them least. */
export function summarize(values: readonly number[]): Summary {
  const middle = median(values);
  return { median: middle, least: Math.min(...values), spread: median(values.map((value) => Math.abs(value - middle))) };
}
