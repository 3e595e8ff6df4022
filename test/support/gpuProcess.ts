import { readFileSync } from 'node:fs';
import type { Browser } from 'puppeteer';

/** The process id of a browser's GPU process. */
export async function gpuProcess(browser: Browser): Promise<number> {
  const session = await browser.target().createCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const gpu = processInfo.find(({ type }) => type === 'GPU');
    if (gpu === undefined) throw new Error('the browser has no GPU process');
    return gpu.id;
  } finally {
    await session.detach();
  }
}

/** The bytes of memory that a process holds, as Linux counts them. */
export function residentBytes(process: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${process}/status`, 'utf8'));
  return Number(line?.[1]) * 1024;
}
