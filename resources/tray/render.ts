/**
 * Draws the tray's icons: one SVG for each state in `svg/`, PNG files beside this one. `node resources/tray/render.ts` writes
 * them; a test draws them again and compares. Kept out of the package, which needs the PNG files alone.
 *
 * - `NAME.png`, `@1.25x`, `@1.5x`, `@2x`, `@3x`: 16, 20, 24, 32 and 48 px, for Windows at every scale
 * - `NAME-24.png`, `@2x`: 24 and 48 px, for the panels of Linux
 * - `NAMETemplate.png`, `@2x`: 16 and 32 px in black, which macOS colours itself
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const HERE = import.meta.dirname;

/** One file: its name after that of the state, its size in pixels, and whether it is black. */
export const VARIANTS: readonly { readonly suffix: string; readonly pixels: number; readonly template: boolean }[] = [
  { suffix: '.png', pixels: 16, template: false },
  { suffix: '@1.25x.png', pixels: 20, template: false },
  { suffix: '@1.5x.png', pixels: 24, template: false },
  { suffix: '@2x.png', pixels: 32, template: false },
  { suffix: '@3x.png', pixels: 48, template: false },
  { suffix: '-24.png', pixels: 24, template: false },
  { suffix: '-24@2x.png', pixels: 48, template: false },
  { suffix: 'Template.png', pixels: 16, template: true },
  { suffix: 'Template@2x.png', pixels: 32, template: true },
];

/** The states that have a drawing. */
export function drawnStates(): readonly string[] {
  return readdirSync(join(HERE, 'svg'))
    .filter((file) => file.endsWith('.svg'))
    .map((file) => file.slice(0, -'.svg'.length))
    .sort();
}

/** The drawing of a state, in its colour or in black. */
export function drawing(state: string, template: boolean): string {
  const svg = readFileSync(join(HERE, 'svg', `${state}.svg`), 'utf8');
  return template ? svg.replace(/ color="#[0-9a-f]{6}"/, ' color="#000000"') : svg;
}

/** Draws every file. @param write Takes its name and content. */
export async function drawAll(browser: Browser, write: (name: string, png: Buffer) => void): Promise<void> {
  const page = await browser.newPage();
  for (const state of drawnStates()) {
    for (const { suffix, pixels, template } of VARIANTS) {
      write(`${state}${suffix}`, await draw(page, drawing(state, template), pixels));
    }
  }
  await page.close();
}

/** Draws on a canvas and returns it as PNG. */
async function draw(page: Page, svg: string, pixels: number): Promise<Buffer> {
  const sized = svg.replace(' width="16" height="16"', ` width="${pixels}" height="${pixels}"`);
  const url = await page.evaluate(
    async ([source, size]) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = size;
      canvas.height = size;
      canvas.getContext('2d')?.drawImage(image, 0, 0, size, size);
      return canvas.toDataURL('image/png');
    },
    [sized, pixels] as const,
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

if (import.meta.main) {
  const executablePath =
    process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('Name a Chromium by the variable CHROMIUM.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--headless=new', '--disable-gpu'] });
  await drawAll(browser, (name, png) => writeFileSync(join(HERE, name), png));
  await browser.close();
}
