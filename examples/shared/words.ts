const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `12 objects`, `1 object`. */
export function count(amount: number, noun: string): string {
  return `${numbers.format(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Bytes in millions. */
export function megabytes(bytes: number): string {
  return `${numbers.format(bytes / 1e6)} MB`;
}

/** Milliseconds, or seconds where it is many. */
export function duration(ms: number): string {
  return ms < 1000 ? `${numbers.format(ms < 10 ? ms : Math.round(ms))} ms` : `${numbers.format(ms / 1000)} s`;
}

/** A picture's size in pixels. */
export function dimensions({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${width} × ${height}`;
}

/** A name from code as a title: `oilImpasto` is `Oil Impasto`. */
export function titleOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`.replace(/(?<=[a-z])[A-Z]/g, ' $&');
}

/** A file name without its ending. */
export function stem(name: string): string {
  return name.replace(/\.[^.]+$/, '') || 'picture';
}
