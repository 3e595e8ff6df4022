import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer';

/** A browser that can be started, or why there is none. */
export type FoundBrowser = { readonly path: string } | { readonly missing: string };

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Finds a real Chromium or Chrome for the page tests: `CHROME_PATH`, else one of the system, else one that puppeteer downloaded, else on Debian and Ubuntu as root it installs one and says so on the console first.
 * A headless shell will not do: it never presents a WebGPU canvas.
 *
 * @param install - whether it may install one
 * @example
 * ```ts
 * const browser = await findBrowser();
 * test.skipIf('missing' in browser)('paints a canvas', …);
 * ```
 */
export async function findBrowser({ install = true }: { readonly install?: boolean } = {}): Promise<FoundBrowser> {
  const wanted = process.env['CHROME_PATH'];
  // Somebody chose a browser: to test another one in silence would be worse than to test none.
  if (wanted) return isExecutable(wanted) ? { path: wanted } : { missing: `CHROME_PATH is "${wanted}", which is no file that can be run; correct it or unset it` };

  const path = findOnSystem() ?? findDownloaded();
  if (path) return { path };
  if (!canInstall()) return { missing: `no Chromium or Chrome in the usual places; install one${process.platform === 'linux' ? ' (Debian, as root: apt-get install -y chromium)' : ''} or set CHROME_PATH to its file` };
  if (!install) return { missing: 'no Chromium or Chrome in the usual places; run node build/ensureBrowser.mjs' };
  return installBrowser();
}

function findOnSystem(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':');
  return [...onPath.flatMap((folder) => COMMANDS.map((command) => join(folder, command))), ...PATHS].find(isExecutable);
}

function findDownloaded(): string | undefined {
  try {
    const path = puppeteer.executablePath();
    return isExecutable(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

function installBrowser(): FoundBrowser {
  const command = 'apt-get update && apt-get install -y chromium';
  console.log(`The page tests need a browser and this machine has none. Installing one with: ${command}`);
  try {
    aptGet('update');
    aptGet('install', '-y', 'chromium');
  } catch (error) {
    return { missing: `no Chromium or Chrome in the usual places, and "${command}" failed (${String(error).split('\n', 1)[0]})` };
  }
  const path = findOnSystem();
  return path ? { path } : { missing: `no Chromium or Chrome in the usual places, also not after "${command}"` };
}

function aptGet(...words: string[]): void {
  execFileSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

// WebGPU on SwiftShader with a canvas that presents, screenshots that show it, and video import: exactly these, each was tried without.
const GPU_FLAGS = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const VULKAN_FLAGS = ['--enable-features=Vulkan', '--use-angle=vulkan', '--use-vulkan=swiftshader'];
const QUIET_FLAGS = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const FAKE_CAMERA_FLAGS = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'];

/** Options of {@link launchBrowser}. */
export interface LaunchOptions {
  /** Give the pages a webcam that shows a moving test picture, without a question to the user. Default false. */
  readonly fakeCamera?: boolean;
  /** Whether the whole browser uses the GPU that WebGPU has. Without it a page computes, but it cannot show a WebGPU canvas, nor can the GPU get at videos. Default true. */
  readonly vulkan?: boolean;
  /** Further flags, as `--disable-domain-blocking-for-3d-apis` for the device-loss suite. */
  readonly flags?: readonly string[];
}

/**
 * Starts the browser that {@link findBrowser} finds, headless, with WebGPU on SwiftShader. Its profile is a fresh temporary folder that goes with it. You own it: `await browser.close()`.
 * The first `requestAdapter()` in a fresh browser may answer null once in a while: pages ask a few times.
 *
 * @throws Error where there is no browser.
 * @example
 * ```ts
 * const browser = await launchBrowser({ fakeCamera: true });
 * ```
 */
export async function launchBrowser({ fakeCamera = false, vulkan = true, flags = [] }: LaunchOptions = {}): Promise<Browser> {
  const found = await findBrowser({ install: false });
  if ('missing' in found) throw new Error(`launchBrowser: ${found.missing}`);
  return puppeteer.launch({
    executablePath: found.path,
    env: { ...process.env, ...ownVulkanDriver(found.path) },
    headless: true,
    // A new array each time: puppeteer takes --enable-features out of the one it is given.
    args: [...GPU_FLAGS, ...(vulkan ? VULKAN_FLAGS : []), ...QUIET_FLAGS, ...(fakeCamera ? FAKE_CAMERA_FLAGS : []), ...flags],
  });
}

// `--use-angle=vulkan` asks the system's Vulkan, not the SwiftShader that lies beside the browser: without this variable there is no adapter on a machine without a Vulkan driver,
// and with the value that createGpu() sets in this process there is none either, since the SwiftShader from npm has no VK_KHR_xcb_surface.
function ownVulkanDriver(browser: string): NodeJS.ProcessEnv {
  // Debian's /usr/bin/chromium is a script, not a link.
  const folders = [dirname(realpathSync(browser)), '/usr/lib/chromium'];
  const manifest = folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find((path) => existsSync(path));
  return manifest ? { VK_ICD_FILENAMES: manifest, VK_DRIVER_FILES: undefined } : {};
}
