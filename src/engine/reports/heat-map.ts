/** Health of each tunnel by hours or days. */
import type { Instant } from '../../shared/model.ts';
import type { HeatMap } from '../../shared/reports.ts';
import { addTallies, NOTHING } from '../history/availability.ts';
import type { PastReader } from '../history/past-contract.ts';
import { levelOf, worse } from './figures.ts';
import { type Coverage, eachOf, type ReportTunnel } from './subjects.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Cells in one reply: about a megabyte. Beyond it hours become days, and then the best tunnels are left out. */
const MOST_CELLS = 200_000;

const startsOf = (from: Instant, to: Instant, cellMs: number): Instant[] => {
  const first = Math.floor(from / cellMs);
  return Array.from({ length: Math.ceil(to / cellMs) - first }, (_, index) => (first + index) * cellMs);
};

/**
 * The map in hours and days of UTC, whole ones also at the ends. Degraded counts half, as in Cloudflare's own figure of tunnel
 * health (1, 0.5, 0). A map of hours that would be too large comes in days: `cellMs` says which.
 */
export async function heatMapOf(
  past: PastReader,
  tunnels: readonly ReportTunnel[],
  { from, to, cell }: Coverage & { readonly cell: 'hour' | 'day' },
): Promise<HeatMap> {
  const hours = cell === 'hour' && startsOf(from, to, HOUR).length * tunnels.length <= MOST_CELLS;
  const cellMs = hours ? HOUR : DAY;
  const starts = startsOf(from, to, cellMs);
  const index = new Map(starts.map((start, at) => [start, at]));
  const cellsOf = past.healthCellsIn(hours ? 'hour' : 'day', from, Math.ceil(to / cellMs) * cellMs);
  const rows = await eachOf(tunnels, ({ key, name }) => {
    const cells: (number | null)[] = starts.map(() => null);
    let whole = NOTHING;
    for (const { start, tally } of cellsOf(key)) {
      const at = index.get(start);
      if (at !== undefined) cells[at] = levelOf(tally);
      whole = addTallies(whole, tally);
    }
    return { level: levelOf(whole), row: { key, name, cells } };
  });
  rows.sort((a, b) => worse(a.level, b.level) || (a.row.name < b.row.name ? -1 : 1));
  const most = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, starts.length)));
  return { starts, cellMs, rows: rows.slice(0, most).map(({ row }) => row) };
}
