/** Lines that every stack has on top: those of the tracer itself. */
const OWN_LINES = 3;
/** The folder the library lies in, if it still lies in one: two levels up from this module. */
const LIBRARY: string = decodeURI(String(import.meta.url ?? '').replace(/^\w+:\/\/[^/]*/, '')).replace(/[^/]*\/[^/]*$/, '');
const RUNTIME = /node:internal|<anonymous>\)?$|\bnative\b/;

/** The stack of whoever calls what calls this, innermost line first, without the words that engines put around its lines. */
export function stackHere(depth: number): string {
  const limit = Error.stackTraceLimit;
  // Only V8 has a limit; the others give all there is.
  Error.stackTraceLimit = depth + OWN_LINES;
  const { stack = '' } = new Error('trace');
  Error.stackTraceLimit = limit;
  const lines = stack.split('\n').map((line) => line.trim().replace(/^at /, ''));
  const first = lines[0] === 'Error: trace' ? 1 : 0;
  return lines.slice(first + OWN_LINES, first + OWN_LINES + depth).join('\n');
}

/** The first line outside of the library; there is none where a bundle made one file of everything, or where what waited has lost its stack. */
export function siteOf(stack: string): string | undefined {
  const site = stack.split('\n').find((line) => !RUNTIME.test(line) && !line.includes(LIBRARY));
  // The same line, whether it called or waits.
  return site?.replace(/^async /, '');
}
