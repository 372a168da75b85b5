/**
 * Draws the icons of the packages from `resources/icon.svg`: `node resources/package/render.ts` writes them beside this file; a
 * test draws them again and compares. Made once and kept, so that packing needs neither a browser nor a download.
 *
 * - `icons/NxN.png` for Linux
 * - `icon.ico` for Windows, at every size that its shell shows
 * - `icon.icns` for macOS, with the margin that its icons have: 824 of 1024 px are drawn
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import { type Browser, chromium, type Page } from 'playwright-core';

const HERE = import.meta.dirname;

export const LINUX_SIZES = [16, 24, 32, 48, 64, 96, 128, 256, 512];
export const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];
/** Size in pixels and the type that it has in an icns file. */
export const MAC_TYPES: readonly (readonly [number, string])[] = [
  [16, 'ic04'],
  [32, 'ic05'],
  [32, 'ic11'],
  [64, 'ic12'],
  [128, 'ic07'],
  [256, 'ic13'],
  [256, 'ic08'],
  [512, 'ic14'],
  [512, 'ic09'],
  [1024, 'ic10'],
];
const MAC_SHARE = 824 / 1024;

/** Draws the icon at `pixels`; `share` of the width is drawn on, the rest is margin. */
async function draw(page: Page, pixels: number, share = 1): Promise<Uint8Array> {
  const svg = readFileSync(join(HERE, '..', 'icon.svg'), 'utf8');
  const box = pixels * share;
  const margin = (pixels - box) / 2;
  await page.setViewportSize({ width: pixels, height: pixels });
  await page.setContent(
    `<!doctype html><style>body{margin:0}svg{position:absolute;left:${margin}px;top:${margin}px;width:${box}px;height:${box}px}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

/** Draws every file. @param write Takes its name and content. */
export async function drawPackageIcons(
  browser: Browser,
  write: (name: string, content: Uint8Array) => void,
): Promise<void> {
  const page = await browser.newPage();
  for (const pixels of LINUX_SIZES) write(`icons/${pixels}x${pixels}.png`, await draw(page, pixels));
  const ico = new IconIco();
  for (const pixels of WINDOWS_SIZES) await ico.addFromPng(await draw(page, pixels));
  write('icon.ico', ico.encode());
  const icns = new IconIcns();
  icns.toc = true;
  for (const [pixels, type] of MAC_TYPES) await icns.addFromPng(await draw(page, pixels, MAC_SHARE), [type]);
  write('icon.icns', icns.encode());
  await page.close();
}

if (import.meta.main) {
  const executablePath =
    process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('Name a Chromium by the variable CHROMIUM.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--headless=new', '--disable-gpu'] });
  mkdirSync(join(HERE, 'icons'), { recursive: true });
  await drawPackageIcons(browser, (name, content) => writeFileSync(join(HERE, name), content));
  await browser.close();
}
