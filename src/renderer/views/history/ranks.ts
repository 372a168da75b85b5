/** What the charts of the history show: the worst of the rows on show. Pure. */

import type { AvailabilityRow, Restlessness } from '../../../shared/reports.ts';
import type { RankModel } from '../../charts/rank-chart.ts';
import { history as words } from '../../words/history.ts';

/** Bars of a chart: the rest is in the table below it. */
const MOST_BARS = 8;

/** The rows that lost the most time, as they are counted: what is down, then what is degraded. */
export function lostTime(rows: readonly AvailabilityRow[]): RankModel {
  const worst = rows
    .filter(({ downMs, degradedMs }) => downMs + degradedMs > 0)
    .toSorted((a, b) => b.downMs + b.degradedMs - a.downMs - a.degradedMs)
    .slice(0, MOST_BARS);
  return {
    tones: ['bad', 'late'],
    bars: worst.map(({ name, downMs, degradedMs }) => ({
      name,
      parts: [downMs, degradedMs],
      words: words.availability.bar(downMs, degradedMs),
    })),
  };
}

/** The most restless tunnels, as the host has them: outages, then dips. */
export function restlessBars(rows: readonly Restlessness[]): RankModel {
  return {
    tones: ['bad', 'watch'],
    bars: rows.slice(0, MOST_BARS).map(({ name, outages, dips }) => ({
      name,
      parts: [outages, dips],
      words: words.restless.bar(outages, dips),
    })),
  };
}
