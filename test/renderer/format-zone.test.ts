import { afterEach, describe, expect, it, vi } from 'vitest';
import { dueBuckets } from '../../src/renderer/charts/due-buckets.ts';
import { clockTime, exactTime, shortTime } from '../../src/renderer/format/time.ts';
import { readerDate, readerZone, zoneName } from '../../src/renderer/format/zone.ts';
import { fieldOf, fromField, nextMorning } from '../../src/renderer/views/alerts/until.ts';

const AT = Date.UTC(2026, 10, 21, 23, 30);
const HOUR = 3_600_000;
/** The reader's choice stands at the root of the page. */
function choose(zone: 'utc' | 'local'): void {
  vi.stubGlobal('document', { documentElement: { dataset: { zone } } });
}

describe('times in UTC, on a machine that is elsewhere', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('are the same whatever the machine', () => {
    choose('utc');
    expect(readerZone()).toBe('UTC');
    expect(clockTime(AT)).toBe('23:30');
    expect(zoneName(AT)).toBe('UTC');
    expect(shortTime(AT, AT + HOUR)).toBe('Sat 23:30');
    expect(exactTime(AT)).toMatch(/^Sat,? 21 Nov 2026,? (at )?23:30:00 UTC/);
    expect(readerDate(AT).getUTCDate()).toBe(21);
  });

  it('go into date fields and come out of them', () => {
    choose('utc');
    expect(fieldOf(AT)).toBe('2026-11-21T23:30');
    expect(fromField('2026-11-21T23:30', AT - 1)).toBe(AT);
    expect(fromField('', AT)).toBeNull();
    expect(nextMorning(AT)).toBe(Date.UTC(2026, 10, 22, 8));
    expect(nextMorning(Date.UTC(2026, 10, 21, 8))).toBe(Date.UTC(2026, 10, 22, 8));
  });

  it('begin months and weeks at midnight in UTC', () => {
    choose('utc');
    const policy = { agingMs: HOUR, dueMs: 2 * HOUR, staleMs: 3 * HOUR };
    const months = dueBuckets([], policy, AT, 'month').filter(({ kind }) => kind === 'span');
    expect(months.map(({ from }) => new Date(from).toISOString().slice(8, 16))).toEqual(months.map(() => '01T00:00'));
    const weeks = dueBuckets([], policy, AT, 'week').filter(({ kind }) => kind === 'span');
    expect(new Date(weeks[0]?.from ?? 0).toISOString()).toBe('2026-11-16T00:00:00.000Z');
  });

  it('follow the machine without a choice', () => {
    choose('local');
    expect(readerZone()).toBeUndefined();
    expect(fromField(fieldOf(AT), AT - 1)).toBe(AT);
    expect(clockTime(AT)).toBe(
      new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(AT),
    );
  });
});
