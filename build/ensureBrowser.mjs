// Runs before the tests: makes sure that there is a browser for the page tests, and says which, or why there is none.
// It ends with code 0 either way; without a browser the page tests report themselves as skipped.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('./browser.ts', import.meta.url)));
const found = await module.findBrowser();
console.log('path' in found ? `Browser for the page tests: ${found.path}` : `The page tests will be skipped: ${found.missing}`);
