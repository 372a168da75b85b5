import { describe, expect, it } from 'vitest';
import { BURN_WINDOWS, budgetOf, levelOf, shareOf } from '../../../src/engine/reports/figures.ts';
import { objectives } from '../../../src/engine/reports/objectives.ts';
import type { AvailabilityRow } from '../../../src/shared/reports.ts';
import {
  ACME,
  bed,
  change,
  DAY,
  EMPTY,
  HOUR,
  key,
  MINUTE,
  maintainAll,
  OTHER,
  pass,
  START,
  T1,
} from '../history/harness.ts';
import { reportsOver, row } from './bed.ts';

const T2 = key('t2');
const T3 = key('t3', OTHER);
const tally = (up: number, degraded: number, down: number) => ({ up, degraded, down, uncounted: 0 });

describe('the arithmetic', () => {
  it('counts degraded as the reader says', () => {
    const times = tally(70, 20, 10);
    expect([shareOf(times, 'up'), shareOf(times, 'down'), shareOf(times, 'left-out')]).toEqual([0.9, 0.7, 0.875]);
    expect(shareOf(tally(0, 0, 0), 'down')).toBeNull();
    expect(levelOf(times)).toBe(0.8);
  });

  it('burns over one exactly where the SLI is below the SLO, in both windows of Cloudflare', () => {
    expect(BURN_WINDOWS).toEqual({ short: 5 * MINUTE, long: HOUR });
    const below = budgetOf(tally(980, 10, 10), { short: tally(97, 3, 0), long: tally(99, 1, 0) }, 0.98, 'down');
    expect(below).toMatchObject({ objective: 0.98, budgetMs: 20, spentMs: 20 });
    expect(below?.burn5m).toBeCloseTo(1.5);
    expect(below?.burn1h).toBeCloseTo(0.5);
    expect(budgetOf(tally(0, 0, 0), { short: tally(1, 0, 0), long: tally(1, 0, 0) }, 0.98, 'down')).toBeNull();
  });

  it('takes the first override that fits; tags are of tunnels alone', () => {
    const plan = {
      objective: 99.9,
      degraded: 'down',
      overrides: [
        { tag: 'Gold', objective: 99.99 },
        { account: 'Acme', objective: 95 },
      ],
    } as const;
    const all = objectives(
      plan,
      (id) => (id === ACME ? 'Acme' : 'Other'),
      ({ description }) => [description ?? ''],
    );
    expect([T1, T3].map((one) => all.ofTunnel(row(one, null, 'gold')))).toEqual([0.9999, 0.9999]);
    expect([T1, T3].map((one) => all.ofTunnel(row(one, null)))).toEqual([0.95, 0.999]);
    expect([all.ofAccount(ACME), all.ofAccount(OTHER)]).toEqual([0.95, 0.999]);
  });
});

const sum = ({ upMs, degradedMs, downMs, uncountedMs, unobservedMs }: AvailabilityRow): number =>
  upMs + degradedMs + downMs + uncountedMs + unobservedMs;

/** Ten days of three tunnels: one bad, one good, one in another account that came late; an hour blind. */
async function tenDays() {
  const place = bed();
  const { history, clock } = place;
  history.record({ ...EMPTY, changes: [change(START, 'healthy'), change(START, 'healthy', { key: T2 })] });
  for (let day = 0; day < 10; day += 1) {
    await pass(clock, DAY / 2);
    const at = clock.now();
    const changes = [change(at, 'down'), change(at + HOUR, 'degraded'), change(at + 3 * HOUR, 'healthy')];
    const late = day === 5 ? [change(at, 'healthy', { key: T3 })] : [];
    history.record({ ...EMPTY, changes: [...changes, ...late] });
    await pass(clock, DAY / 2);
    maintainAll(history, clock.now());
  }
  history.record({
    ...EMPTY,
    gaps: [{ accountId: ACME, source: 'health', from: START + 6 * HOUR, to: START + 7 * HOUR }],
  });
  maintainAll(history, clock.now());
  return { place, desk: reportsOver(place, [row(T1, 'Paris'), row(T2, 'Paris'), row(T3, null)]), end: clock.now() };
}

describe('availability', () => {
  it('adds up to the range for each tunnel, site and account, time that nobody saw apart', async () => {
    const { desk, end } = await tenDays();
    const ask = (scope: AvailabilityRow['scope'], accountId: typeof ACME | null = null) =>
      desk.availabilityReport({ scope, from: START, to: end, accountId, degraded: 'down' });
    const tunnels = await ask('tunnel');
    expect(tunnels.map(({ id }) => id)).toEqual([T1, T2, T3].sort((a) => (a === T1 ? -1 : 0)));
    for (const one of [...tunnels, ...(await ask('site')), ...(await ask('account'))]) {
      expect(sum(one), one.name).toBe(one.tunnels * (end - START));
    }
    const [bad, good, late] = tunnels;
    expect(bad).toMatchObject({ downMs: 10 * HOUR, degradedMs: 20 * HOUR, unobservedMs: HOUR, name: 't1' });
    expect(good).toMatchObject({ upMs: end - START - HOUR, share: 1, unobservedMs: HOUR });
    expect(late?.unobservedMs).toBe(5.5 * DAY);
    const sites = await ask('site');
    expect(sites.map(({ id, tunnels: count }) => [id, count])).toEqual([
      [`${ACME}/Paris`, 2],
      [`${OTHER}/t3`, 1],
    ]);
    expect((await ask('account')).map(({ name }) => name)).toEqual(['Acme', 'Other']);
    expect(await ask('account', ACME)).toHaveLength(1);
  });

  it('spends the budget of the objective on what failed, and burns in the newest minutes', async () => {
    const { desk, end, place } = await tenDays();
    const report = () =>
      desk.availabilityReport({ scope: 'tunnel', from: START, to: end + DAY, accountId: null, degraded: 'up' });
    const before = (await report())[0]?.budget;
    expect(before?.objective).toBe(0.999);
    // Degraded counts against the budget as with Cloudflare, whatever the reader chose for the share.
    expect(before?.spentMs).toBe(30 * HOUR);
    expect(before?.budgetMs).toBe(Math.round(0.001 * (end - START - HOUR)));
    expect([before?.burn5m, before?.burn1h]).toEqual([0, 0]);
    place.history.record({ ...EMPTY, changes: [change(end, 'down')] });
    await pass(place.clock, 3 * MINUTE);
    const after = (await report())[0]?.budget;
    expect(after?.burn5m).toBeCloseTo(600, 5);
    expect(after?.burn1h).toBeCloseTo(50, 5);
  });

  it("counts a month by the reader's clock with 23 or 25 hours in a day", async () => {
    // Amsterdam: October 2026 has 31 days and an hour, from 30 September 22:00 UTC; March 2026 an hour less.
    const { history, clock } = bed();
    clock.jumpWall(Date.UTC(2026, 1, 1) - clock.now());
    const begin = clock.now();
    history.record({ ...EMPTY, changes: [change(begin, 'healthy')] });
    await pass(clock, 280 * DAY);
    maintainAll(history, clock.now());
    const desk = reportsOver({ history, clock }, [row(T1, null)]);
    const months = [
      [Date.UTC(2026, 1, 28, 23), Date.UTC(2026, 2, 31, 22), 31 * 24 - 1],
      [Date.UTC(2026, 8, 30, 22), Date.UTC(2026, 9, 31, 23), 31 * 24 + 1],
    ] as const;
    for (const [from, to, hours] of months) {
      const [one] = await desk.availabilityReport({ scope: 'tunnel', from, to, accountId: null, degraded: 'down' });
      expect(one).toMatchObject({ upMs: hours * HOUR, unobservedMs: 0, share: 1 });
    }
  });

  it('does not count hours twice when the clock is set back', async () => {
    const place = bed();
    const { history, clock } = place;
    history.record({ ...EMPTY, changes: [change(START, 'healthy')] });
    await pass(clock, 5 * HOUR);
    history.record({ ...EMPTY, changes: [change(clock.now(), 'down')] });
    maintainAll(history, clock.now());
    clock.jumpWall(-2 * HOUR);
    history.record({ ...EMPTY, changes: [change(clock.now(), 'degraded')] });
    await pass(clock, 4 * HOUR);
    maintainAll(history, clock.now());
    const [one] = await reportsOver(place, [row(T1, null)]).availabilityReport({
      scope: 'tunnel',
      from: START,
      to: clock.now(),
      accountId: null,
      degraded: 'down',
    });
    expect(one).toMatchObject({ upMs: 3 * HOUR, degradedMs: 4 * HOUR, downMs: 0, unobservedMs: 0 });
  });

  it('leaves out who left before and who came after', async () => {
    const place = bed();
    const { history, clock } = place;
    history.record({
      ...EMPTY,
      changes: [change(START, 'healthy')],
      identities: [{ key: T1, name: 'a', goneAt: null }],
    });
    await pass(clock, HOUR);
    history.record({ ...EMPTY, identities: [{ key: T1, name: 'a', goneAt: clock.now() }] });
    await pass(clock, HOUR);
    history.record({ ...EMPTY, changes: [change(clock.now(), 'healthy', { key: T2 })] });
    await pass(clock, HOUR);
    const names = async (from: number, to: number): Promise<readonly string[]> =>
      (
        await reportsOver(place, []).availabilityReport({
          scope: 'tunnel',
          from,
          to,
          accountId: null,
          degraded: 'down',
        })
      ).map(({ name }) => name);
    expect(await names(START, START + 90 * MINUTE)).toEqual(['a']);
    expect(await names(START + 90 * MINUTE, clock.now())).toEqual(['t2']);
    expect(await names(START, clock.now())).toEqual(['a', 't2']);
  });
});
