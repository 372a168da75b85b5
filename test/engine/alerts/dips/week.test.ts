import { describe, expect, it } from 'vitest';
import type { History } from '../../../../src/engine/history/contract.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../../src/engine/history/open-history.ts';
import { replay } from '../../../../src/practice/replay.ts';
import type { HistoryEvent, Interval, TunnelKey } from '../../../../src/shared/model.ts';
import type { ScenarioName } from '../../../../src/simulator/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-21T10:00:00Z');

interface Told {
  readonly name: string;
  readonly dips: readonly HistoryEvent[];
  /** What the health lane showed besides healthy. */
  readonly bad: readonly Interval[];
}

/** Days of a scenario through the real engine; what was told of each tunnel then. */
async function lived(scenario: ScenarioName, days: number): Promise<readonly Told[]> {
  let told: readonly Told[] = [];
  await replay({
    world: { scenario, seed: 1 },
    origin: NOW,
    from: NOW - days * DAY,
    to: () => NOW,
    openHistory: (clock) => {
      const opened = openHistory({ path: null, clock, retention: DEFAULT_RETENTION });
      if (!opened.ok) throw new Error(opened.error.sentence);
      const accounts = new Set<string>();
      return {
        ...opened.value,
        record: (batch) => {
          for (const { accountId } of batch.looked) accounts.add(accountId);
          return opened.value.record(batch);
        },
        close: () => {
          told = [...accounts].flatMap((id) => ofAccount(opened.value, id));
          opened.value.close();
        },
      };
    },
    version: 'test',
    random: () => 0.5,
    onProgress: () => undefined,
    signal: null,
  });
  return told;
}

function ofAccount(history: History, id: string): Told[] {
  return history.remembered(id as never).tunnels.map(({ key, name }) => ({
    name,
    dips: dipsOf(history, key),
    bad: (history.lanes({ keys: [key], lanes: ['health'], from: 0, to: NOW })[0]?.intervals ?? []).filter(
      ({ value }) => value === 'degraded' || value === 'down',
    ),
  }));
}

function dipsOf(history: History, key: TunnelKey): readonly HistoryEvent[] {
  return history
    .events({ key, accountId: null, before: null, limit: 1_000 })
    .filter(({ kind }) => kind === 'rekey-dip')
    .toSorted((a, b) => a.at - b.at);
}

const number = (event: HistoryEvent, name: string): number => Number(event.detail[name]);

describe('a week of rekeys through the real engine', () => {
  it('names every dip with its period, and nothing else', async () => {
    const week = await lived('rekey-dips', 7);
    expect(week).toHaveLength(12);
    for (const { name, dips, bad } of week) {
      const hourly = name.startsWith('fra1');
      const period = hourly ? HOUR : 4 * HOUR;
      expect(dips.length, name).toBeGreaterThan((7 * DAY) / period - 4);
      for (const dip of dips) {
        expect(Math.abs(number(dip, 'periodMs') - period)).toBeLessThanOrEqual(2 * MINUTE);
        expect(number(dip, 'lengthMs')).toBeLessThanOrEqual(4 * MINUTE);
        expect(dip.at).toBe(number(dip, 'to'));
      }
      // Each bad stretch of the lane lies within exactly one named dip, each dip is told once.
      expect(new Set(dips.map((dip) => dip.detail.from)).size).toBe(dips.length);
      const unnamed = bad.filter(({ from }) => !dips.some((dip) => number(dip, 'from') <= from && from < dip.at));
      expect(unnamed.length, name).toBeLessThanOrEqual(1);
      // Only the pair that rekeys together is told to be staggered.
      const last = dips.at(-1)?.detail.with;
      expect(last, name).toBe(hourly ? (name.endsWith('a') ? 'fra1-tun-b' : 'fra1-tun-a') : null);
    }
  }, 600_000);

  it('takes nothing of a flapping tunnel for a dip', async () => {
    const told = await lived('flapping', 2);
    expect(told.some(({ bad }) => bad.length > 0)).toBe(true);
    expect(told.flatMap(({ dips }) => dips)).toEqual([]);
  }, 600_000);

  it('tells the dips of the practice world from its outages', async () => {
    const week = await lived('practice', 7);
    expect(week.filter(({ dips }) => dips.length >= 3).length).toBeGreaterThan(10);
    for (const { name, dips, bad } of week) {
      const outages = bad.filter(({ from, to }) => (to ?? NOW) - from > 4 * MINUTE);
      for (const dip of dips) {
        expect(Math.abs(number(dip, 'periodMs') - 8 * HOUR), name).toBeLessThanOrEqual(3 * MINUTE);
        const taken = outages.filter(({ from, to }) => from < dip.at && (to ?? NOW) > number(dip, 'from'));
        expect(taken, name).toEqual([]);
      }
    }
  }, 600_000);
});
