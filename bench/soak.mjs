// Paints for hours, webcam frames too, and watches the memory: `npm run soak`, or `npm run soak -- 2000` for fewer frames than 10 000. Curves end up in bench/results/. See CONTRIBUTING.md.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const frames = process.argv[2] ?? '10000';
const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/studio/soak.test.ts', 'test/page/soak.test.ts', 'test/page/webcamSoak.test.ts'], { stdio: 'inherit', env: { ...process.env, SOAK_FRAMES: frames } });
process.exit(status ?? 1);
