import type { MissingPeer } from './openPeers.ts';
import type { Machine, Quality, Report, Row, Table } from './report.ts';
import type { Summary } from './statistics.ts';

const NONE = '-';
const MEGA = 1e6;

type Column = readonly [title: string, cell: (row: Row) => string];

const COLUMNS: readonly Column[] = [
  ['row', ({ name }) => name],
  ['quality', ({ quality }) => renderQuality(quality)],
  ['CPU ms', ({ cpu }) => renderSummary(cpu)],
  ['wall ms', ({ wall }) => renderSummary(wall)],
  ['GPU ms', ({ gpu }) => renderSummary(gpu)],
  ['ns/px', ({ nanosecondsPerPixel }) => digits(nanosecondsPerPixel)],
  ['GB/s', ({ gigabytesPerSecond }) => digits(gigabytesPerSecond)],
  ['% roof', ({ shareOfRoofline }) => digits(shareOfRoofline === undefined ? undefined : 100 * shareOfRoofline)],
  ['passes', ({ passes }) => (passes === undefined ? NONE : String(passes))],
  ['pool MB', ({ poolBytes }) => digits(poolBytes === undefined ? undefined : poolBytes / MEGA)],
  ['CPU ×', ({ ratios }) => digits(ratios.cpu)],
  ['wall ×', ({ ratios }) => digits(ratios.wall)],
  ['GPU ×', ({ ratios }) => digits(ratios.gpu)],
  ['effect ×', ({ ratios }) => digits(ratios.effect)],
  ['frames', ({ frames }) => String(frames)],
];

/** The whole report in Markdown. */
export function renderReport({ machine, tables }: Report): string {
  return [renderMachine(machine), ...tables.map(renderTable)].join('\n');
}

/** What the numbers of a report were measured on. */
export function renderMachine({ adapter, driver, isFallback, lineKernels, processor, node, roofline, peers, missing }: Machine): string {
  return `# ${adapter}

- adapter: ${adapter} (${driver})${isFallback ? ', a fallback that computes on the CPU' : ', not a fallback'}; line kernels: ${lineKernels}
- processor: ${processor}; Node ${node}
- roofline: copy ${digits(roofline.bandwidth)} GB/s, multiply-add ${digits(roofline.arithmetic)} GFLOP/s
- peers: ${peers.join(', ') || 'none'}
${missing.map((peer) => `- ${renderMissing(peer)}\n`).join('')}
Times are ms per frame: median ± median absolute deviation (least). Ratios are multiples of the first row's time, above 1 slower than it.
`;
}

/** Names a peer that is not there. */
export function renderMissing({ name, reason, install }: MissingPeer): string {
  return `missing: ${name} (${reason}); to have it: ${install}`;
}

/**
 * One race in Markdown.
 * @throws Error for a row without a quality: how fast a picture is painted says nothing where nobody knows how good it is.
 */
export function renderTable({ scenario, width, height, date, load, repeats, rows, leftOut }: Table): string {
  for (const { name, quality } of rows) {
    if (!isKnown(quality)) throw new Error(`${scenario}: the row "${name}" has times but no quality; compare its picture with a reference first`);
  }
  const lines = rows.length === 0 ? [] : renderColumns(rows);
  return `
## ${scenario}, ${width} x ${height}

${date}, load average ${load.toFixed(2)}, ${repeats} repeats

${lines.join('\n')}
${leftOut.map((sentence) => `- ${sentence}\n`).join('')}`;
}

function isKnown(quality: Quality | undefined): boolean {
  return quality !== undefined && (quality.kind === 'reference' || quality.dB === 'identical' || Number.isFinite(quality.dB));
}

function renderColumns(rows: readonly Row[]): string[] {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => (line[column] as string).length)));
  const [head = '', ...body] = cells.map((line) => `| ${line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join(' | ')} |`);
  const rule = `|${widths.map((width, column) => (column < 2 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [head, rule, ...body];
}

function renderQuality(quality: Quality): string {
  if (quality.kind === 'reference') return 'reference';
  const { dB, against, atLeast } = quality;
  const told = dB === 'identical' ? `identical to ${against}` : `${dB.toFixed(1)} dB to ${against}`;
  return dB !== 'identical' && atLeast !== undefined && dB < atLeast ? `${told}, TOO LOW: the rule is ${atLeast}` : told;
}

function renderSummary(summary: Summary | undefined): string {
  return summary === undefined ? NONE : `${digits(summary.median)} ± ${digits(summary.spread)} (${digits(summary.least)})`;
}

/** Three significant digits without an exponent. */
function digits(value: number | undefined): string {
  if (value === undefined) return NONE;
  if (value === 0) return '0';
  return value.toFixed(Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))));
}
