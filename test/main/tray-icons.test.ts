/**
 * The pictures of the tray, in Chromium: that the files are what the drawings give, that shapes tell states apart where colour
 * cannot, and that colours hold on light and dark panels.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawAll, drawing, drawnStates, VARIANTS } from '../../resources/tray/render.ts';
import { TRAY_ICONS } from '../../src/main/tray/state.ts';
import { CHROMIUM, launch } from '../renderer/harness/chromium.ts';

const FOLDER = join(import.meta.dirname, '../../resources/tray');
const SHEET = join(import.meta.dirname, '../../test-output/tray');

/**
 * Of the pixels that either of two shapes covers at 16 px, at least this share belongs to one of them alone. One disc and
 * the same disc a pixel aside differ by 0.2; the closest pair of states by 0.52.
 */
const APART = 0.5;
/** Against light and dark panels, for graphics: WCAG 1.4.11. */
const CONTRAST = 3;
const PANELS = ['#ffffff', '#1f1f1f'];
/** Browsers of different versions smooth edges differently: mean difference of a channel, of 255. */
const TOLERANCE = 2;

const files = VARIANTS.flatMap(({ suffix }) => TRAY_ICONS.map((icon) => `${icon}${suffix}`));

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

describe('the drawings', () => {
  it('are there for every state, and every file is', () => {
    expect(drawnStates()).toEqual([...TRAY_ICONS].sort());
    const there = readdirSync(FOLDER).filter((file) => file.endsWith('.png'));
    expect(there.sort()).toEqual([...files].sort());
  });

  it('have the size that their names say', () => {
    for (const { suffix, pixels } of VARIANTS) {
      for (const icon of TRAY_ICONS) {
        const bytes = readFileSync(join(FOLDER, `${icon}${suffix}`));
        expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], `${icon}${suffix}`).toEqual([pixels, pixels]);
      }
    }
  });

  it.each([...TRAY_ICONS])('%s can be seen on light and dark panels', (icon) => {
    const [, colour = ''] = / color="(#[0-9a-f]{6})"/.exec(drawing(icon, false)) ?? [];
    for (const panel of PANELS) expect(contrast(colour, panel), panel).toBeGreaterThanOrEqual(CONTRAST);
    expect(drawing(icon, true)).toContain(' color="#000000"');
  });
});

describe.skipIf(CHROMIUM === null)('the pictures, in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  /** Red, green, blue and alpha of every pixel. */
  const pixels = (png: Buffer): Promise<number[]> =>
    page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      return [...context.getImageData(0, 0, image.width, image.height).data];
    }, png.toString('base64'));
  const fileOf = (name: string): Buffer => readFileSync(join(FOLDER, name));
  const silhouette = async (name: string): Promise<boolean[]> =>
    (await pixels(fileOf(name))).filter((_, index) => index % 4 === 3).map((alpha) => alpha > 127);

  it('are what the drawings give', async () => {
    const drawn = new Map<string, Buffer>();
    await drawAll(browser, (name, png) => drawn.set(name, png));
    expect([...drawn.keys()].sort()).toEqual([...files].sort());
    const compared = await Promise.all(
      [...drawn].map(async ([name, png]) => ({ name, again: await pixels(png), kept: await pixels(fileOf(name)) })),
    );
    for (const { name, again, kept } of compared) {
      const apart = again.reduce((sum, value, index) => sum + Math.abs(value - (kept[index] ?? 0)), 0) / kept.length;
      expect(kept, name).toHaveLength(again.length);
      expect(apart, `${name}: run node resources/tray/render.ts`).toBeLessThan(TOLERANCE);
    }
  });

  it.each(['.png', 'Template.png'])('tell states apart by shape alone at 16 px (%s)', async (suffix) => {
    const shapes = await Promise.all(
      TRAY_ICONS.map(async (icon) => ({ icon, shape: await silhouette(icon + suffix) })),
    );
    const close: string[] = [];

    for (const [index, a] of shapes.entries()) {
      for (const b of shapes.slice(index + 1)) {
        const either = a.shape.filter((covered, at) => covered || b.shape[at]).length;
        const alone = a.shape.filter((covered, at) => covered !== b.shape[at]).length;
        if (alone / either < APART) close.push(`${a.icon} and ${b.icon}: ${(alone / either).toFixed(2)}`);
      }
    }
    expect(close).toEqual([]);
  });

  it('templates are black, and their shape is in their alpha', async () => {
    for (const icon of TRAY_ICONS) {
      const values = await pixels(fileOf(`${icon}Template@2x.png`));
      const coloured = values.some((value, index) => index % 4 !== 3 && value !== 0);
      expect(coloured, icon).toBe(false);
    }
  });

  it('make a contact sheet to look at: test-output/tray/contact-sheet.png', async () => {
    mkdirSync(SHEET, { recursive: true });
    const picture = (name: string, size: number, invert: boolean): string =>
      `<img width="${size}" style="margin:6px;${invert ? 'filter:invert(1)' : ''}" src="data:image/png;base64,${fileOf(name).toString('base64')}">`;
    const lines = (dark: boolean): string =>
      VARIANTS.map(
        ({ suffix, pixels: size, template }) =>
          `<div>${TRAY_ICONS.map((icon) => picture(`${icon}${suffix}`, size, template && dark)).join('')} ${suffix}</div>`,
      ).join('');
    await page.setViewportSize({ width: 1100, height: 480 });
    await page.setContent(
      `<body style="margin:0;display:flex;font:12px sans-serif">${PANELS.map(
        (panel, index) =>
          `<div style="background:${panel};color:${index === 1 ? '#fff' : '#000'};padding:8px;flex:1">${lines(index === 1)}</div>`,
      ).join('')}</body>`,
    );
    await page.screenshot({ path: join(SHEET, 'contact-sheet.png') });
  });
});

if (CHROMIUM === null) console.warn('skipped: no Chromium, so the pictures of the tray were not compared');
