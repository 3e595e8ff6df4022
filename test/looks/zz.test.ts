import { hatching } from '../../src/looks/hatching.ts';
import { pencil } from '../../src/looks/pencil.ts';
import { watercolor } from '../../src/looks/watercolor.ts';
import { flat } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';
test('x', { timeout: 100000 }, async ({ studio }) => {
  for (const l of [hatching(), pencil(), watercolor()]) { const p = studio.pipeline(l); console.log(l.effect.name, p.estimate(1280, 720), p.estimate(1280,720)/1280/720); await p.read(flat(64,48,[9,99,200])); console.log(Object.keys(p), JSON.stringify(studio.metrics()).slice(0,300)); p.destroy(); }
});
