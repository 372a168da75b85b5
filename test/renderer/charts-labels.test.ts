import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LabelWish, placeLabels } from '../../src/renderer/charts/labels.ts';

const wish = (value: LabelWish['bar']['value'], left: number, right: number, width = 40): LabelWish => ({
  bar: { value },
  left,
  right,
  text: value,
  width,
});

describe('words over the bars', () => {
  it('name what is well only where it has room', () => {
    expect(placeLabels([wish('healthy', 0, 30)], 500)).toEqual([]);
    expect(placeLabels([wish('healthy', 0, 60)], 500)).toEqual([{ text: 'healthy', left: 0, tone: 'good' }]);
  });

  it('name trouble first, even beyond a narrow bar', () => {
    const labels = placeLabels([wish('healthy', 0, 100), wish('down', 100, 104), wish('healthy', 104, 300)], 500);
    expect(labels.map(({ text, left }) => [text, left])).toEqual([
      ['healthy', 0],
      ['down', 100],
    ]);
  });

  it('stay inside the plot at its right edge', () => {
    expect(placeLabels([wish('down', 495, 500)], 500)).toEqual([{ text: 'down', left: 460, tone: 'bad' }]);
  });

  it('name trouble before trouble with a known harmless cause', () => {
    const dip = { ...wish('down', 90, 92), text: 'rekey dip', minor: true };
    expect(placeLabels([dip, wish('degraded', 100, 110)], 500).map(({ text }) => text)).toEqual(['degraded']);
    expect(placeLabels([dip, wish('degraded', 300, 310)], 500).map(({ text }) => text)).toEqual([
      'rekey dip',
      'degraded',
    ]);
  });

  it('never overlap', () => {
    const wishes = fc.array(
      fc
        .tuple(
          fc.constantFrom('healthy', 'degraded', 'down', 'unobserved', 'nodata'),
          fc.nat(900),
          fc.nat(200),
          fc.integer({ min: 5, max: 90 }),
        )
        .map(([value, left, length, width]) => wish(value, left, left + length, width)),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(wishes, (list) => {
        const widths = new Map(list.map((one, i) => [`${one.text}${i}`, one.width]));
        const named = list.map((one, i) => ({ ...one, text: `${one.text}${i}` }));
        const placed = placeLabels(named, 1_000);
        placed.forEach((label, i) => {
          const next = placed[i + 1];
          if (next) expect(label.left + (widths.get(label.text) ?? 0)).toBeLessThanOrEqual(next.left);
        });
      }),
    );
  });
});
