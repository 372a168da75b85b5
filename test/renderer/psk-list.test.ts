import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pskList } from '../../src/renderer/views/psk/psk-list.ts';
import {
  isPskFiltered,
  PSK_PARTS,
  PSK_SORTS,
  PSK_STATES,
  readPskQuery,
  toggledState,
  writePskQuery,
} from '../../src/renderer/views/psk/psk-query.ts';
import { age, bucketLabel, due, dueSentence } from '../../src/renderer/words/en/psk.ts';
import type { BoardRow, LaneValues } from '../../src/shared/model.ts';
import { ACCOUNT, DAY, HOUR, lane, lanes, MINUTE, NOW, neighbour } from './tunnel-fixture.ts';

const row = (name: string, days: number | null, value: LaneValues['psk'], site = 'Lyon'): BoardRow =>
  neighbour(name, {
    pskGeneratedAt: days === null ? null : NOW - days * DAY,
    lanes: lanes({ psk: lane(value) }),
    site: { name: site, source: 'name' },
  });
const ROWS = [
  row('b-fresh', 10, 'fresh', 'Bern'),
  row('a-missing', null, 'missing', 'Rome'),
  row('c-stale', 400, 'stale'),
  row('d-due', 200, 'due'),
  row('e-aging', 100, 'aging'),
  row('z-missing', null, 'missing'),
];
const ALL = readPskQuery(new URLSearchParams());
const names = (part: Partial<typeof ALL>) => pskList(ROWS, { ...ALL, ...part }, null).rows.map(({ name }) => name);

describe('the list of the PSK board', () => {
  it('has the missing first, then the oldest', () => {
    expect(names({})).toEqual(['a-missing', 'z-missing', 'c-stale', 'd-due', 'e-aging', 'b-fresh']);
  });

  it('can put first what falls due next', () => {
    expect(names({ sort: 'due' })).toEqual(['e-aging', 'b-fresh', 'd-due', 'c-stale', 'a-missing', 'z-missing']);
    expect(names({ sort: 'name' })[0]).toBe('a-missing');
    expect(names({ sort: 'site' })[0]).toBe('b-fresh');
  });

  it('filters by state, account and words, and counts the states that the other filters leave', () => {
    expect(names({ states: ['stale', 'due'] })).toEqual(['c-stale', 'd-due']);
    expect(names({ text: 'lyon STALE' })).toEqual(['c-stale']);
    expect(names({ account: 'other' })).toEqual([]);
    expect(names({ account: ACCOUNT })).toHaveLength(6);
    const list = pskList(ROWS, { ...ALL, states: ['stale'], text: 'lyon' }, null);
    expect(list.counts).toEqual({ missing: 1, stale: 1, due: 1, aging: 1, fresh: 0, unobserved: 0 });
  });

  it('orders the same whatever the order it was given', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ROWS, { minLength: ROWS.length }),
        fc.constantFrom(...PSK_SORTS),
        (rows, sort) => {
          expect(pskList(rows, { ...ALL, sort }, null).rows).toEqual(pskList(ROWS, { ...ALL, sort }, null).rows);
        },
      ),
    );
  });

  it('keeps its query in the address and back', () => {
    const queries = fc.record({
      states: fc.subarray([...PSK_STATES]),
      account: fc.option(fc.stringMatching(/^[0-9a-f]{32}$/), { nil: null }),
      text: fc.string(),
      sort: fc.constantFrom(...PSK_SORTS),
      part: fc.constantFrom(...PSK_PARTS),
    });
    fc.assert(
      fc.property(queries, (query) => {
        expect(readPskQuery(new URLSearchParams(writePskQuery(query).toString()))).toEqual(query);
      }),
    );
    expect(isPskFiltered(ALL)).toBe(false);
    expect(toggledState(['due'], 'missing')).toEqual(['missing', 'due']);
    expect(toggledState(['due'], 'due')).toEqual([]);
  });
});

describe('words of the PSK board', () => {
  it('tell ages and what is due', () => {
    expect(age(NOW - 34 * DAY, NOW)).toBe('34 d');
    expect(age(NOW - 3 * HOUR, NOW)).toBe('3 h');
    expect(age(NOW + MINUTE, NOW)).toBe('ahead of our clock');
    expect(age(null, NOW)).toBe('not reported');
    expect(due(NOW - 34 * DAY, 180 * DAY, NOW)).toMatch(/^due in 146 d, /);
    expect(due(NOW - 34 * DAY - MINUTE, 180 * DAY, NOW)).toMatch(/^due in 146 d, /);
    expect(due(NOW - 179.5 * DAY, 180 * DAY, NOW)).toBe('due within a day');
    expect(due(NOW - 180 * DAY, 180 * DAY, NOW)).toBe('due since today');
    expect(due(NOW - 200 * DAY, 180 * DAY, NOW)).toBe('overdue by 20 d');
    expect(due(null, 180 * DAY, NOW)).toBe('generate one');
  });

  it('name the columns of the chart without a wrong plural', () => {
    const span = { kind: 'span' as const, from: new Date(2026, 10, 1).getTime(), to: 0, count: 1 };
    expect(bucketLabel(span, 'month')).toBe('Nov');
    expect(bucketLabel({ ...span, from: new Date(2027, 0, 1).getTime() }, 'month')).toEqual(['Jan', '2027']);
    expect(dueSentence([span, { ...span, kind: 'overdue', count: 2 }], 'month')).toBe(
      'November 2026: 1 tunnel; Overdue now: 2 tunnels.',
    );
    expect(dueSentence([], 'week')).toBe('No tunnels to count.');
  });
});
