import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(new URL('../../src/renderer/styles/tokens.css', import.meta.url), 'utf8');

/** The two sets of colours for the states; the second one stands in a block of its own. */
const PALETTES = ['standard', 'separation'] as const;
type Palette = (typeof PALETTES)[number];
type Theme = 'light' | 'dark';
const BLOCK = /:root\[data-palette="separation"\] \{([^}]*)\}/.exec(CSS)?.[1] ?? '';

/** A token's colour in one theme, as red, green and blue from 0 to 1. */
function colour(name: string, theme: Theme, palette: Palette = 'standard'): readonly number[] {
  const written = new RegExp(`^\\s*--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`, 'm');
  const pair = (palette === 'separation' ? written.exec(BLOCK) : null) ?? written.exec(CSS);
  const hex = pair?.[theme === 'light' ? 1 : 2];
  if (hex === undefined) throw new Error(`no token ${name}`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}
const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: readonly number[], b: readonly number[]): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** How each kind of colour vision sees linear light: G. M. Machado and others, 2009, severity 1. */
const VISIONS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const times = (rows: readonly (readonly number[])[], light: readonly number[]): readonly number[] =>
  rows.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, factor, at) => sum + factor * (light[at] ?? 0), 0),
      ),
    ),
  );

/** CIE L*a*b* of linear light under D65. */
function lab(light: readonly number[]): readonly number[] {
  const rows = [
    [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
    [0.2126, 0.7152, 0.0722],
    [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
  ];
  const [x = 0, y = 0, z = 0] = rows
    .map((row) => row.reduce((sum, factor, at) => sum + factor * (light[at] ?? 0), 0))
    .map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The smallest CIE76 difference between any two states, over every kind of colour vision. */
function apart(theme: Theme, palette: Palette): number {
  const states = ['up', 'degraded', 'down', 'unknown'].map((name) => colour(name, theme, palette).map(linear));
  const differences = Object.values(VISIONS).flatMap((vision) => {
    const seen = states.map((state) => lab(times(vision, state)));
    return seen.flatMap((one, at) =>
      seen.slice(at + 1).map((other) => Math.hypot(...one.map((value, axis) => value - (other[axis] ?? 0)))),
    );
  });
  return Math.min(...differences);
}

describe('the states for every kind of colour vision', () => {
  it.each([
    ['standard', 'dark', 27],
    ['standard', 'light', 22],
    ['separation', 'dark', 36],
    ['separation', 'light', 30],
  ] as const)('%s, %s: at least %i apart', (palette, theme, least) => {
    expect(apart(theme, palette)).toBeGreaterThanOrEqual(least);
  });
});

describe.each((['light', 'dark'] as const).flatMap((theme) => PALETTES.map((palette) => [theme, palette] as const)))(
  'tokens, %s, %s',
  (theme, palette) => {
    it.each(['bg', 'surface', 'raised'])('text is legible on %s', (ground) => {
      expect(contrast(colour('fg', theme, palette), colour(ground, theme, palette))).toBeGreaterThanOrEqual(7);
      expect(contrast(colour('fg-quiet', theme, palette), colour(ground, theme, palette))).toBeGreaterThanOrEqual(4.5);
    });
    it.each(['up', 'degraded', 'down', 'unknown', 'edge'])('%s stands out from every ground', (name) => {
      for (const ground of ['bg', 'surface', 'raised']) {
        expect(contrast(colour(name, theme, palette), colour(ground, theme, palette))).toBeGreaterThanOrEqual(3);
      }
    });
    it('the ring of the focus stands out from every ground', () => {
      for (const ground of ['bg', 'surface', 'raised']) {
        expect(contrast(colour('focus', theme, palette), colour(ground, theme, palette))).toBeGreaterThanOrEqual(7);
      }
    });
    it('what is drawn on a state stands out from it', () => {
      for (const state of ['up', 'degraded', 'down']) {
        expect(contrast(colour('on-state', theme, palette), colour(state, theme, palette))).toBeGreaterThanOrEqual(3);
      }
    });
  },
);

describe.each(['light', 'dark'] as const)('tokens for who wants more contrast, %s', (theme) => {
  const block = /@media \(prefers-contrast: more\) \{([\s\S]*?)\n\}/.exec(CSS)?.[1] ?? '';
  it.each([
    ['fg-quiet', 7],
    ['line', 3],
  ] as const)('%s has at least %i to 1', (name, least) => {
    const pair = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(block);
    const hex = pair?.[theme === 'light' ? 1 : 2] ?? '';
    const rgb = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
    for (const ground of ['bg', 'surface', 'raised']) {
      expect(contrast(rgb, colour(ground, theme))).toBeGreaterThanOrEqual(least);
    }
  });
});
