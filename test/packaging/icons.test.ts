import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawPackageIcons, LINUX_SIZES, MAC_TYPES, WINDOWS_SIZES } from '../../resources/package/render.ts';
import { CHROMIUM, launch } from '../renderer/harness/chromium.ts';
import { ROOT } from './stand-in.ts';

const icon = (name: string): Buffer => readFileSync(join(ROOT, 'resources', 'package', name));
/** Width and height of a PNG. */
const sizeOf = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('the icons of the packages', () => {
  it('are PNG files of their size for Linux', () => {
    for (const pixels of LINUX_SIZES) expect(sizeOf(icon(`icons/${pixels}x${pixels}.png`))).toEqual([pixels, pixels]);
  });

  it('hold every size for Windows', () => {
    const ico = icon('icon.ico');
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => ico.readUInt8(6 + 16 * i) || 256);
    expect(sizes).toEqual(WINDOWS_SIZES);
  });

  it('hold every type for macOS', () => {
    const icns = icon('icon.icns');
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const types: string[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) types.push(icns.toString('latin1', at, at + 4));
    expect(types).toEqual(['TOC ', ...MAC_TYPES.map(([, type]) => type)]);
  });

  it.skipIf(CHROMIUM === null)('are those of icon.svg as it is now (skipped without Chromium)', async () => {
    const browser = await launch();
    try {
      const drawn: string[] = [];
      await drawPackageIcons(browser, (name, content) => {
        drawn.push(name);
        // Another Chromium may round an edge otherwise: about as many bytes, not the same ones.
        expect(Math.abs(content.length / icon(name).length - 1), name).toBeLessThan(0.1);
      });
      expect(drawn).toHaveLength(LINUX_SIZES.length + 2);
    } finally {
      await browser.close();
    }
  });
});
