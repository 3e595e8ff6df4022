// Races our effects against their peers: `npm run bench`, or `npm run bench -- pencil --sizes 640x360 --repeats 3` for a part. See CONTRIBUTING.md.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from './compile.mjs';

// Below the checkout, where the packages it imports are found.
const folder = join(import.meta.dirname, `../.cache/bench-${process.pid}`);
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
await compile('checkout.ts', folder);
const { run } = await import(pathToFileURL(join(folder, 'checkout.mjs')).href);
// Dawn's own threads would keep the process.
process.exit(await run(import.meta.dirname, process.argv.slice(2)));
