import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(new URL('../../src/renderer/styles/tokens.css', import.meta.url), 'utf8');

/** A token's colour in one theme, as red, green and blue from 0 to 1. */
function colour(name: string, theme: 'light' | 'dark'): readonly number[] {
  const pair = new RegExp(`^\\s*--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`, 'm').exec(CSS);
  const hex = pair?.[theme === 'light' ? 1 : 2];
  if (hex === undefined) throw new Error(`no token ${name}`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: readonly number[], b: readonly number[]): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('tokens, %s', (theme) => {
  it.each(['bg', 'surface', 'raised'])('text is legible on %s', (ground) => {
    expect(contrast(colour('fg', theme), colour(ground, theme))).toBeGreaterThanOrEqual(7);
    expect(contrast(colour('fg-quiet', theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(['up', 'degraded', 'down', 'unknown', 'edge'])('%s stands out from every ground', (name) => {
    for (const ground of ['bg', 'surface', 'raised']) {
      expect(contrast(colour(name, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
    }
  });
  it('what is drawn on a state stands out from it', () => {
    for (const state of ['up', 'degraded', 'down']) {
      expect(contrast(colour('on-state', theme), colour(state, theme))).toBeGreaterThanOrEqual(3);
    }
  });
});
