import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SplitList, splitList } from '../../../src/engine/cloudflare/list-body.ts';

/** What the slices hold, parsed; `null` when one does not parse. */
function elements(split: SplitList): unknown[] | null {
  try {
    return split.slices.map(({ start, end }) => JSON.parse(split.body.toString('utf8', start, end)));
  } catch {
    return null;
  }
}
const answer = (items: unknown): unknown => ({
  success: true,
  errors: [],
  result: { n: [1], ipsec_tunnels: items },
  x: {},
});

describe('the elements of a list', () => {
  const value = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });

  it('are found in any list, however it is laid out', () => {
    fc.assert(
      fc.property(fc.array(value), fc.constantFrom(undefined, 1, '\t', '\r\n '), (items, indent) => {
        const text = JSON.stringify(answer(items), null, indent);
        const split = splitList(Buffer.from(text), null);
        if (split === null) throw new Error('no list');
        expect(elements(split)).toEqual(JSON.parse(JSON.stringify(items)));
        expect(split.shell).toEqual(answer([]));
      }),
    );
  });

  it('are found with the help of any other list', () => {
    const object = fc.dictionary(fc.constantFrom('a', 'b', '}{', '],['), value, { maxKeys: 2 });
    const lists = fc.uniqueArray(object, {
      maxLength: 6,
      comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    });
    fc.assert(
      fc.property(lists, lists, fc.boolean(), (first, second, overlap) => {
        const before = splitList(Buffer.from(JSON.stringify(answer(first))), null);
        const next = overlap ? [...first.slice(1), ...second] : second;
        const split = splitList(Buffer.from(JSON.stringify(answer(next))), before);
        if (split === null || before === null) throw new Error('no list');
        expect(elements(split)).toEqual(JSON.parse(JSON.stringify(next)));
        for (const { same, start, end } of split.slices) {
          const old = same === null ? undefined : before.slices[same];
          if (old === undefined) continue;
          expect(before.body.toString('utf8', old.start, old.end)).toBe(split.body.toString('utf8', start, end));
        }
      }),
    );
  });

  it('are recognised where one changed, went or came', () => {
    const items = Array.from({ length: 9 }, (_, id) => ({ id }));
    const before = splitList(Buffer.from(JSON.stringify(answer(items))), null);
    const same = (next: unknown[]) =>
      splitList(Buffer.from(JSON.stringify(answer(next))), before)?.slices.map((slice) => slice.same);
    expect(same(items)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(same(items.with(3, { id: 30 }))).toEqual([0, 1, 2, null, 4, 5, 6, 7, 8]);
    expect(same(items.toSpliced(3, 1))).toEqual([0, 1, 2, 4, 5, 6, 7, 8]);
    expect(same(items.toSpliced(3, 0, { id: 30 }))).toEqual([0, 1, 2, null, 3, 4, 5, 6, 7, 8]);
  });

  it.each([
    ['', 'empty'],
    ['{', 'cut'],
    ['null', 'null'],
    ['{"result":null}', 'no result'],
    ['{"result":{"ipsec_tunnels":null}}', 'no list'],
    ['{"result":{"ipsec_tunnels":[{"a":1}', 'cut in the list'],
    ['{"result":{"ipsec_tunnels":[{"a":1},]}}', 'comma at the end'],
    ['{"result":{"ipsec_tunnels":[,{"a":1}]}}', 'comma at the start'],
    ['{"result":{"ipsec_tunnels":[{"a":1}{"b":1}]}}', 'no comma'],
    ['{"result":{"ipsec_tunnels":[]}}x', 'more behind'],
    ['{"result":{"ipsec_tunnels":[{}]},"result":{"ipsec_tunnels":[{"b":2}]}}', 'a key twice'],
    ['{"result":{"ipsec_tunnels":[{}],"ipsec_tunnels":null}}', 'a key twice inside'],
  ])('%s is left to somebody who parses it (%s)', (text) => {
    expect(splitList(Buffer.from(text), null)).toBeNull();
  });

  it('of any bytes at all are those of JSON.parse, or there are none', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '1', 'null', ' ', '"id"', '{"a":1}');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `{"result":{"ipsec_tunnels":[${pieces.join('')}]}}`;
        const split = splitList(Buffer.from(text), null);
        const read = split === null ? null : elements(split);
        let parsed: unknown = null;
        try {
          parsed = JSON.parse(text).result.ipsec_tunnels;
        } catch {}
        if (read !== null) expect(read).toEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });
});
