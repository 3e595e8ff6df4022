import { expect, test } from 'vitest';
import { renderReport, renderTable } from '../../bench/renderReport.ts';
import type { Machine, Quality, Row, Table } from '../../bench/report.ts';

const machine: Machine = {
  adapter: 'a gpu', driver: 'its driver 1.2', isFallback: true, lineKernels: 'serial', processor: 'a processor, 2 threads', node: 'v20', roofline: { bandwidth: 12.345, arithmetic: 678.9 },
  peers: ['OpenCV 4.6.0'],
  missing: [{ name: 'opencv.js', reason: 'the npm package is not installed', install: 'npm install it' }],
};
const own: Row = {
  name: 'ours', frames: 5, nanosecondsPerPixel: 43.21, gigabytesPerSecond: 0.5, shareOfRoofline: 0.4, passes: 12, poolBytes: 2.5e6,
  quality: { kind: 'measured', dB: 61.23, against: 'OpenCV', atLeast: 60 },
  cpu: { median: 1.5, spread: 0.25, least: 1 }, wall: { median: 10, spread: 0.5, least: 9 }, gpu: undefined,
  ratios: { cpu: 1, wall: 1, gpu: undefined, effect: undefined },
};
const peer: Row = { ...own, name: 'OpenCV, 1 thread', quality: { kind: 'reference' }, ratios: { cpu: 20, wall: 3.333, gpu: undefined, effect: 4.25 } };
const tableOf = (...rows: Row[]): Table => ({ scenario: 'oil', width: 160, height: 90, date: '2026-01-02', load: 0.5, repeats: 7, rows, leftOut: [] });
const withQuality = (quality: Quality): Row => ({ ...own, quality });

test('a table has a line for each row, with a hyphen for what is not known', () => {
  const lines = renderTable(tableOf(own, peer)).split('\n').filter((line) => line.startsWith('|'));
  expect(lines.map((line) => line.split('|').map((cell) => cell.trim()).slice(1, -1))).toEqual([
    ['row', 'quality', 'CPU ms', 'wall ms', 'GPU ms', 'ns/px', 'GB/s', '% roof', 'passes', 'pool MB', 'CPU ×', 'wall ×', 'GPU ×', 'effect ×', 'frames'],
    expect.any(Array),
    ['ours', '61.2 dB to OpenCV', '1.50 ± 0.250 (1.00)', '10.0 ± 0.500 (9.00)', '-', '43.2', '0.500', '40.0', '12', '2.50', '1.00', '1.00', '-', '-', '5'],
    ['OpenCV, 1 thread', 'reference', '1.50 ± 0.250 (1.00)', '10.0 ± 0.500 (9.00)', '-', '43.2', '0.500', '40.0', '12', '2.50', '20.0', '3.33', '-', '4.25', '5'],
  ]);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
});

test('a row without a quality is refused', () => {
  const { quality, ...unjudged } = own;
  expect(quality).toBeDefined();
  expect(() => renderTable(tableOf(own, unjudged as Row))).toThrow(/the row "ours" has times but no quality/);
  expect(() => renderTable(tableOf(withQuality({ kind: 'measured', dB: NaN, against: 'OpenCV' })))).toThrow(/no quality/);
});

test('a quality below the rule of the race is told as such', () => {
  expect(renderTable(tableOf(withQuality({ kind: 'measured', dB: 31.1, against: 'OpenCV', atLeast: 45 })))).toContain('31.1 dB to OpenCV, TOO LOW: the rule is 45');
  expect(renderTable(tableOf(withQuality({ kind: 'measured', dB: 'identical', against: 'OpenCV', atLeast: 45 })))).toContain('| identical to OpenCV ');
});

test('who did not take part is named, with the reason', () => {
  const text = renderTable({ ...tableOf(), leftOut: ['without OpenCV: it has no such operation'] });
  expect(text).toContain('- without OpenCV: it has no such operation');
  expect(text).not.toContain('|');
});

test('a report names adapter, roofline, peers and the peers that are missing', () => {
  const text = renderReport({ machine, tables: [tableOf(own), tableOf(peer)] });
  expect(text).toContain('a gpu (its driver 1.2), a fallback that computes on the CPU; line kernels: serial');
  expect(text).toContain('copy 12.3 GB/s, multiply-add 679 GFLOP/s');
  expect(text).toContain('- peers: OpenCV 4.6.0\n- missing: opencv.js (the npm package is not installed); to have it: npm install it\n');
  expect(text.match(/## oil, 160 x 90/g)).toHaveLength(2);
  expect(renderReport({ machine: { ...machine, isFallback: false, peers: [] }, tables: [] })).toMatch(/not a fallback[^]*- peers: none/);
});
