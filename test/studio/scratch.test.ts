import { test } from 'vitest';
import { Session } from 'node:inspector';
import { makeDevice, PATIENT } from '../support/studioTest.ts';
import { makeTexture } from '../support/textures.ts';
import { Studio } from '../../src/studio/studio.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { shift } from '../support/effects.ts';
test('x', async () => {
  const device = await makeDevice();
  const target = makeTexture(device, 32, 24);
  const studio = await Studio.create({ device, memory: PATIENT });
  const look = studio.pipeline(adjust({ contrast: 1.1 }), shift({ amount: 0.1 }), adjust({ saturation: 0.5 }));
  await look.ready;
  const source = makeTexture(device, 32, 24);
  for (let i = 0; i < 100; i++) look.render(source, target);
  await device.queue.onSubmittedWorkDone();
  const session = new Session(); session.connect();
  session.post('HeapProfiler.enable');
  session.post('HeapProfiler.startSampling', { samplingInterval: 128, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true } as any);
  for (let i = 0; i < 200; i++) look.render(source, target);
  await new Promise<void>((resolve) => session.post('HeapProfiler.stopSampling', (_e, { profile }) => {
    const sums = new Map<string, number>();
    const walk = (n: any) => { const k = `${n.callFrame.functionName} ${n.callFrame.url.split('/').pop()}:${n.callFrame.lineNumber}`; sums.set(k, (sums.get(k) ?? 0) + n.selfSize); n.children.forEach(walk); };
    walk(profile.head);
    console.log([...sums].sort((a, b) => b[1] - a[1]).slice(0, 28).map(([k, v]) => `${Math.round(v / 200)} ${k}`).join('\n'));
    resolve();
  }));
  studio.destroy(); device.destroy();
}, 300000);
