import { describe, expect, it } from 'vitest';
import type { MaintenanceWindow } from '../../../../src/engine/alerts/contract.ts';
import { createQuiet, silenceState } from '../../../../src/engine/alerts/people/quiet.ts';
import type { Silence } from '../../../../src/shared/alerts.ts';
import { cpuNow } from '../../../harness/cpu-time.ts';
import { alert, at, clockText, config, DAY } from './stage.ts';

const site = (value: string) => [{ name: 'site' as const, op: '=' as const, value }];
function silence(id: string, from: string, to: string, part: Partial<Silence> = {}): Silence {
  const [startsAt, endsAt] = [at(from), at(to)];
  return { id, matchers: site('ams1'), startsAt, endsAt, by: 'Ada', comment: 'work', createdAt: startsAt, ...part };
}
const nightly: MaintenanceWindow = {
  name: 'nightly',
  matchers: site('fra1'),
  times: [{ days: [1, 2, 3, 4, 5], from: 23 * 60, to: 60, zone: 'UTC' }],
  once: null,
};
const ams = alert();
const fra = alert({ tunnel: 'fra1-a', site: 'fra1' });

describe('silences', () => {
  it('hide what fits all their matchers, from their beginning to their end', () => {
    const quiet = createQuiet(config(), [silence('s-1', 'Mon 10:00', 'Mon 12:00')]);
    const hidden = (time: number) => quiet.silencedBy(ams, time);
    expect(hidden(at('Mon 10:00') - 1)).toEqual([]);
    expect(hidden(at('Mon 10:00'))).toEqual(['s-1']);
    expect(hidden(at('Mon 12:00') - 1)).toEqual(['s-1']);
    expect(hidden(at('Mon 12:00'))).toEqual([]);
    expect(quiet.silencedBy(fra, at('Mon 11:00'))).toEqual([]);
  });

  it('are pending, active, expired by the time alone, also when the clock goes back', () => {
    const one = silence('s-1', 'Mon 10:00', 'Mon 12:00');
    const times = ['Mon 09:00', 'Mon 10:00', 'Mon 12:00', 'Mon 11:00'].map((time) => silenceState(one, at(time)));
    expect(times).toEqual(['pending', 'active', 'expired', 'active']);
    const quiet = createQuiet(config(), [one]);
    const hidden = ['Mon 11:00', 'Mon 13:00', 'Mon 11:30', 'Mon 09:00'].map(
      (time) => quiet.silencedBy(ams, at(time)).length,
    );
    expect(hidden).toEqual([1, 0, 1, 0]);
  });

  it('without matchers hide everything: a pause', () => {
    const quiet = createQuiet(config(), [silence('s-1', 'Mon 10:00', 'Mon 12:00', { matchers: [] })]);
    expect(quiet.silencedBy(fra, at('Mon 11:00'))).toEqual(['s-1']);
    expect(quiet.silencedBy(alert({ subject: { kind: 'app' } }), at('Mon 11:00'))).toEqual(['s-1']);
  });

  it('begin at once when added, and end when somebody ends them', () => {
    const quiet = createQuiet(config(), []);
    expect(quiet.silencedBy(ams, at('Mon 10:30'))).toEqual([]);
    quiet.add(silence('s-1', 'Mon 10:00', 'Mon 12:00'));
    expect(quiet.silencedBy(ams, at('Mon 10:30'))).toEqual(['s-1']);
    const ended = quiet.expire('s-1', at('Mon 10:45'), 'Bob');
    expect(ended).toMatchObject({ startsAt: at('Mon 10:00'), endsAt: at('Mon 10:45'), by: 'Ada', endedBy: 'Bob' });
    expect(quiet.silencedBy(ams, at('Mon 10:45'))).toEqual([]);
    expect(quiet.expire('s-1', at('Mon 10:50'), 'Bob')).toBeNull();
    expect(quiet.expire('s-9', at('Mon 10:50'), 'Bob')).toBeNull();
  });

  it('that are ended before they began never hide anything', () => {
    const quiet = createQuiet(config(), [silence('s-1', 'Tue 10:00', 'Tue 12:00')]);
    expect(quiet.expire('s-1', at('Mon 10:00'), 'Bob')).toMatchObject({
      startsAt: at('Mon 10:00'),
      endsAt: at('Mon 10:00'),
    });
    expect(quiet.silencedBy(ams, at('Tue 11:00'))).toEqual([]);
  });

  it('are listed oldest first, and for a day after their end', () => {
    const quiet = createQuiet(config(), [
      silence('s-2', 'Tue 10:00', 'Tue 12:00'),
      silence('s-1', 'Mon 10:00', 'Mon 12:00'),
    ]);
    const listed = (time: number) => quiet.silences(time).map(({ id }) => id);
    expect(listed(at('Mon 09:00'))).toEqual(['s-1', 's-2']);
    expect(listed(at('Tue 12:00') - 1)).toEqual(['s-1', 's-2']);
    expect(listed(at('Tue 12:00'))).toEqual(['s-2']);
    expect(listed(at('Wed 12:00'))).toEqual([]);
  });
});

describe('maintenance windows', () => {
  const quiet = createQuiet(config({ maintenance: [nightly] }), []);

  it('hide what fits while they are open', () => {
    expect(quiet.silencedBy(fra, at('Mon 22:59'))).toEqual([]);
    expect(quiet.silencedBy(fra, at('Mon 23:00'))).toEqual(['maintenance:nightly']);
    expect(quiet.silencedBy(fra, at('Tue 00:59'))).toEqual(['maintenance:nightly']);
    expect(quiet.silencedBy(fra, at('Tue 01:00'))).toEqual([]);
    expect(quiet.silencedBy(ams, at('Mon 23:30'))).toEqual([]);
    // Friday's goes on into Saturday, and Saturday has none of its own.
    expect(quiet.silencedBy(fra, at('Sat 00:30'))).toEqual(['maintenance:nightly']);
    expect(quiet.silencedBy(fra, at('Sat 23:30'))).toEqual([]);
  });

  it('are shown as open, or as the next to come', () => {
    const shown = (time: string) =>
      quiet
        .maintenance(at(time))
        .map(({ active, startsAt, endsAt }) => [active, clockText(startsAt), clockText(endsAt)]);
    expect(shown('Mon 12:00')).toEqual([[false, 'Mon 23:00', 'Tue 01:00']]);
    expect(shown('Tue 00:30')).toEqual([[true, 'Mon 23:00', 'Tue 01:00']]);
    expect(shown('Sat 02:00')).toEqual([[false, 'Mon+1 23:00', 'Tue+1 01:00']]);
  });

  it('single ones are forgotten when they are over', () => {
    const once = { from: at('Wed 10:00'), to: at('Wed 12:00') };
    const single = createQuiet(
      config({ maintenance: [{ name: 'move', matchers: [], times: [], once }], zone: 'Europe/Berlin' }),
      [],
    );
    expect(single.maintenance(at('Mon 12:00'))).toMatchObject([
      { id: 'maintenance:move', active: false, zone: 'Europe/Berlin' },
    ]);
    expect(single.silencedBy(fra, at('Wed 11:00'))).toEqual(['maintenance:move']);
    expect(single.maintenance(at('Wed 12:00'))).toEqual([]);
    expect(single.due(at('Wed 12:00'))).toBeNull();
  });
});

describe('what is due', () => {
  it('walks along every beginning and end', () => {
    const quiet = createQuiet(config({ maintenance: [nightly] }), [silence('s-1', 'Mon 22:30', 'Mon 23:30')]);
    const seen: string[] = [];
    let now: number | null = at('Mon 12:00');
    while (seen.length < 6) {
      now = quiet.due(now ?? 0);
      seen.push(clockText(now ?? 0));
    }
    expect(seen).toEqual(['Mon 22:30', 'Mon 23:00', 'Mon 23:30', 'Tue 01:00', 'Tue 23:00', 'Wed 01:00']);
    expect(createQuiet(config(), []).due(0)).toBeNull();
  });

  it('between two such moments nothing changes for anybody', () => {
    const maintenance: MaintenanceWindow[] = [
      nightly,
      { ...nightly, name: 'b', matchers: [], times: [{ days: [2, 6], from: 90, to: 60, zone: 'Europe/Berlin' }] },
    ];
    const asked = createQuiet(config({ maintenance }), [silence('s-1', 'Tue 10:00', 'Wed 12:00')]);
    for (let from = at('Mon 00:00'); from < at('Sun 23:00'); ) {
      const next = asked.due(from) ?? from + DAY;
      const hidden = asked.silencedBy(fra, from);
      const last = createQuiet(config({ maintenance }), [silence('s-1', 'Tue 10:00', 'Wed 12:00')]).silencedBy(
        fra,
        next - 1,
      );
      expect(last).toEqual(hidden);
      expect(next).toBeGreaterThan(from);
      from = next;
    }
  });

  it('ten thousand alerts are asked about in a moment', () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      silence(`s-${i}`, 'Mon 10:00', 'Mon 12:00', { matchers: site(`x${i}`) }),
    );
    const quiet = createQuiet(config({ maintenance: [nightly] }), many);
    const began = cpuNow();
    for (let i = 0; i < 10_000; i += 1) quiet.silencedBy(ams, at('Mon 10:30') + i);
    // Some 10 ms where nobody else works; the limit catches a calendar that is computed for each of them.
    expect(cpuNow() - began).toBeLessThan(4000);
  });
});
