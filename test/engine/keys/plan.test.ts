import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BatchGroup, batchesOf, workingDays } from '../../../src/engine/keys/batches.ts';
import { keysCalendar } from '../../../src/engine/keys/calendar.ts';
import { outlookOf, sameTimeKeys } from '../../../src/engine/keys/outlook.ts';
import type { KeyOutlook } from '../../../src/shared/keys.ts';
import type { AccountId, Tunnel } from '../../../src/shared/model.ts';
import { ACCOUNT, DAY, POLICY, T0, tunnel } from '../../fixtures/tunnels.ts';

/** T0 is a Friday, 10 UTC. */
const MONDAY = Date.UTC(2026, 10, 23, 12);
const PLAIN = { tag: null, policy: POLICY };
const look = (name: string, more: Partial<Tunnel> = {}, account?: AccountId): KeyOutlook =>
  outlookOf({ tunnel: tunnel(name, more, account), site: null, policy: PLAIN }, T0);
const dueIn = (name: string, days: number): KeyOutlook => look(name, { pskGeneratedAt: T0 - 180 * DAY + days * DAY });
const byStem = (keys: readonly KeyOutlook[]) => {
  const groups = Map.groupBy(keys, ({ name }) => name.slice(0, -1));
  const found = new Map<string, BatchGroup>();
  for (const [stem, own] of groups) {
    const group = { id: stem, words: `name stem ${stem}`, members: own.map(({ key }) => key), neighbours: [] };
    for (const { key } of own) found.set(key, group);
  }
  return (key: string): BatchGroup | null => found.get(key) ?? null;
};

describe('the outlook', () => {
  it('dates what becomes of a key, and knows one that was never rotated', () => {
    const made = T0 - 200 * DAY;
    expect(look('a', { pskGeneratedAt: made, createdAt: made - 1_000 })).toMatchObject({
      agingAt: made + 90 * DAY,
      dueAt: made + 180 * DAY,
      staleAt: made + 365 * DAY,
      neverRotated: true,
    });
    expect(look('a', { pskGeneratedAt: made, createdAt: made - DAY }).neverRotated).toBe(false);
    expect(look('a', { pskGeneratedAt: T0 - DAY, createdAt: T0 - DAY }).neverRotated).toBe(false);
    // Unknown is neither.
    expect(look('a', { pskGeneratedAt: made, createdAt: null }).neverRotated).toBe(false);
    expect(look('a', { pskGeneratedAt: null, createdAt: made })).toMatchObject({ dueAt: null, neverRotated: false });
  });

  it('finds keys of one account from the same minute, many at once', () => {
    const at = T0 - 50 * DAY;
    const keys = ['a', 'b', 'c', 'd', 'e'].map((name, i) => look(name, { pskGeneratedAt: at + i * 15_000 }));
    expect(sameTimeKeys(keys)).toEqual([{ accountId: ACCOUNT, at, keys: keys.map(({ key }) => key) }]);
    expect(sameTimeKeys(keys.slice(1))).toEqual([]);
    expect(sameTimeKeys([...keys.slice(1), look('f', { pskGeneratedAt: at + 200_000 })])).toEqual([]);
    const other = look('g', { pskGeneratedAt: at }, 'f'.repeat(32) as AccountId);
    expect(sameTimeKeys([...keys.slice(1), other])).toEqual([]);
  });
});

describe('batches', () => {
  it('are on working days, from tomorrow on', () => {
    const day = workingDays(T0);
    expect(day(0)).toBe(MONDAY);
    expect(new Date(day(5)).toISOString()).toBe('2026-11-30T12:00:00.000Z');
  });

  it('rotate the halves of a pair on different days, and say who stays up and how that is known', () => {
    const keys = [dueIn('ams-a', -3), dueIn('ams-b', -3), dueIn('fra-a', 40), dueIn('lhr-a', 400)];
    const batches = batchesOf(keys, byStem(keys), T0);
    expect(batches.map(({ number, keys: own }) => [number, own.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect(batches[0]).toMatchObject({
      day: MONDAY,
      partners: [{ key: keys[0]?.key, by: ['ams-b'], grouping: 'name stem ams-' }],
    });
    expect(batches[1]?.day).toBe(MONDAY + DAY);
    // A week before it is due, to leave room: due 30 December.
    expect(new Date(batches[2]?.day ?? 0).toISOString()).toBe('2026-12-22T12:00:00.000Z');
    expect(batches[2]?.partners).toEqual([{ key: keys[2]?.key, by: [], grouping: 'name stem fra-' }]);
  });

  it('share a session where they can', () => {
    const keys = [dueIn('ams-a', 30), dueIn('fra-a', 31), dueIn('lhr-a', 33)];
    expect(batchesOf(keys, byStem(keys), T0)).toHaveLength(1);
  });

  it('hold every key that is due soon once, and never two of one group, whatever the list', () => {
    const due = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: -400, max: 120 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(due, (list) => {
        const keys = list.map(([stem, days], i) => dueIn(`s${stem}-${String.fromCharCode(97 + (i % 26))}`, days));
        const unique = [...new Map(keys.map((one) => [one.key, one])).values()];
        const groupOf = byStem(unique);
        const batches = batchesOf(unique, groupOf, T0);
        const soon = unique.filter(({ dueAt }) => (dueAt ?? 0) <= T0 + 90 * DAY);
        expect(batches.flatMap((one) => one.keys).toSorted()).toEqual(soon.map(({ key }) => key).toSorted());
        expect(new Set(batches.map(({ day }) => day)).size).toBe(batches.length);
        for (const batch of batches) {
          const groups = batch.keys.map((key) => groupOf(key)?.id);
          expect(new Set(groups).size).toBe(groups.length);
          expect([0, 6]).not.toContain(new Date(batch.day).getUTCDay());
          expect(batch.day).toBeGreaterThan(T0);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('spread what is long overdue over four weeks, however much it is', () => {
    const keys = Array.from({ length: 1_000 }, (_, i) => dueIn(`t${i}-a`, -10));
    const batches = batchesOf(keys, byStem(keys), T0);
    expect(batches).toHaveLength(20);
    expect(Math.max(...batches.map((one) => one.keys.length))).toBe(50);
  });
});

describe('the calendar', () => {
  const names = (): string => 'Acme, Inc.; EU';
  const keys = [
    dueIn('ams-a', 10),
    dueIn('ams;b,c\nEND:VCALENDAR', 10),
    { ...dueIn('fra-a', 20), tag: 'pci', site: 'Frankfurt' },
    dueIn('old-a', -10),
    look('none', { pskGeneratedAt: null }),
    dueIn('far', 500),
  ];

  it('has one whole-day event for each day, and one for all that is overdue', () => {
    const ics = keysCalendar(keys, names, T0);
    expect(ics.match(/^BEGIN:VEVENT/gm)).toHaveLength(3);
    expect(ics.match(/^DTSTART;VALUE=DATE:(.*)$/gm)?.map((line) => line.trim())).toEqual([
      'DTSTART;VALUE=DATE:20261130',
      'DTSTART;VALUE=DATE:20261210',
      'DTSTART;VALUE=DATE:20261120',
    ]);
    expect(ics).toContain('UID:psk-2026-11-30-');
    expect(ics).toContain(`DTSTAMP:20261120T100000Z`);
    expect(ics.replace(/\r?\n /g, '')).toContain('fra-a (Frankfurt\\, #pci\\, due 2026-12-10)');
  });

  it('escapes what names hold, folds long lines, ends them as the standard wants', () => {
    const ics = keysCalendar(keys, names, T0);
    expect(ics.match(/^END:VCALENDAR/gm)).toHaveLength(1);
    expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(ics).toContain('SUMMARY:Acme\\, Inc.\\; EU: 2 keys due for rotation');
    for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(ics.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
  });

  it('keeps its identifiers when it is made again later', () => {
    const uids = (now: number) => keysCalendar(keys, names, now).match(/^UID:.*(\r\n .*)*/gm);
    expect(uids(T0)).toEqual(uids(T0 + DAY));
    expect(new Set(uids(T0)).size).toBe(3);
  });
});
