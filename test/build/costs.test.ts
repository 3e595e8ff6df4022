import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { effects, looks } from '../../src/all.ts';
import { PLAINEST_TRAITS } from '../../src/core/deviceTraits.ts';
import type { AnyEffect } from '../../src/core/effect.ts';
import { FrameGraph } from '../../src/core/frameGraph.ts';
import { applyLook } from '../../src/core/look.ts';
import { makePlan, type Plan } from '../../src/core/plan.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { importSource } from '../../src/io/importSource.ts';

const SIZE = { width: 1920, height: 1080 };
const root = join(import.meta.dirname, '../../src');
const all = [...effects.map((effect) => ['effects', effect.name, effect] as const), ...looks.map((look) => ['looks', look.name, look] as const)];

/** What is told of an effect, in one line. */
function docOf(folder: string, name: string): string {
  const [before = ''] = readFileSync(join(root, folder, `${name}.ts`), 'utf8').split(`\nexport const ${name}:`);
  return before.slice(before.lastIndexOf('/**')).replaceAll(/\n \* ?/g, ' ');
}

/** The plan with the defaults. What a combinator combines needs nothing of its own, and its inputs are bound. */
function planOf(effect: AnyEffect): Plan {
  const graph = new FrameGraph({ ...SIZE, origin: [0, 0], scale: 1 }, PLAINEST_TRAITS);
  const source = importSource(graph, 'source');
  const bound = effect.looks.length > 0 ? Object.fromEntries(Object.keys(effect.inputs).map((name) => [name, importSource(graph, name)])) : {};
  const step = effect.step({ looks: Object.fromEntries(effect.looks.map((name, i) => [name, adjust({ hue: 90 * i })])) });
  graph.present('result', applyLook(graph, step, { source, ...bound }), source);
  return makePlan(graph.recording, 0);
}

test.each(all)('%s: %s says what it costs, and what is moved apart from what is held', (folder, name, effect) => {
  const doc = docOf(folder, name);
  const { bytes, steps } = planOf(effect);
  const [, held, megabytes] = /Memory with the result: ([\d.]+) B\/px(?: \((\d+) MB at 1920x1080\))?/.exec(doc) ?? [];
  expect(Number(held) / (bytes / (SIZE.width * SIZE.height)), `Memory with the result: ${(bytes / (SIZE.width * SIZE.height)).toFixed(1)} B/px (${Math.round(bytes / 1e6)} MB at 1920x1080)`).toBeCloseTo(1, 1);
  if (megabytes !== undefined) expect(Number(megabytes) / (bytes / 1e6)).toBeCloseTo(1, 1);
  const [, passes] = /Cost: (\d+) pass(?:es)?\b/.exec(doc) ?? [];
  // Without what is painted once and kept, the imports, and the last pass.
  const own = steps.filter((step) => step.kind === 'compute' && step.makes === undefined && !step.shader.label.endsWith('importSource')).length;
  const combined = effect.looks.length;
  expect(Number(passes)).toBe(own - combined);
  const [cost = '', memory = ''] = [doc.slice(doc.indexOf('Cost'), doc.indexOf('Memory with')), doc.slice(doc.indexOf('Memory with'))];
  expect(cost.match(/B\/px(?! moved)/g) ?? [], cost).toEqual([]);
  expect(memory.match(/Memory with/g)).toHaveLength(1);
});
