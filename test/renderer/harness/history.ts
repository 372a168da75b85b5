/** Reports for tests, over the tunnels of `boardOf`: the same each time, every figure of its own. */
import type { Instant } from '../../../src/shared/model.ts';
import type { AvailabilityRow, HeatMap, Restlessness, ShiftReport } from '../../../src/shared/reports.ts';
import { rowAt } from './board.ts';
import type { Answer } from './chromium.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Availability of `count` tunnels; the first ones lost the most. */
export function availabilityOf(count: number, from: Instant, to: Instant): readonly AvailabilityRow[] {
  return Array.from({ length: count }, (_, place): AvailabilityRow => {
    const { key, name, accountId } = rowAt(place, to);
    const downMs = place < 12 ? (14 - place) * 37 * MINUTE : 0;
    const degradedMs = place < 20 ? (place % 5) * 11 * MINUTE : 0;
    const unobservedMs = 2 * HOUR;
    const upMs = to - from - downMs - degradedMs - unobservedMs;
    const counted = upMs + downMs + degradedMs;
    const burn = place === 0 ? 14.4 : place === 1 ? 2.2 : 0;
    return {
      scope: 'tunnel',
      id: key,
      name,
      accountId,
      tunnels: 1,
      upMs,
      degradedMs,
      downMs,
      uncountedMs: 0,
      unobservedMs,
      share: upMs / counted,
      budget: {
        objective: 0.999,
        budgetMs: Math.round(counted / 1_000),
        spentMs: downMs + degradedMs,
        burn5m: place === 2 ? null : burn,
        burn1h: place === 1 ? 0.4 : burn,
      },
    };
  });
}

function heatOf(count: number, from: Instant, to: Instant, cell: 'hour' | 'day'): HeatMap {
  const cellMs = cell === 'hour' ? HOUR : DAY;
  const first = Math.floor(from / cellMs);
  const starts = Array.from({ length: Math.ceil(to / cellMs) - first }, (_, place) => (first + place) * cellMs);
  const level = (row: number, place: number): number | null => {
    if (place < 2) return null;
    if (row < 12 && (place + row) % 17 === 0) return 0.3;
    if (row < 20 && (place + 2 * row) % 23 === 0) return 0.625;
    return row < 30 && (place * 7 + row) % 41 === 0 ? 0.96 : 1;
  };
  const rows = Array.from({ length: count }, (_, row) => {
    const { key, name } = rowAt(row, to);
    return { key, name, cells: starts.map((_start, place) => level(row, place)) };
  });
  return { starts, cellMs, rows };
}

function restlessOf(count: number, to: Instant): readonly Restlessness[] {
  return Array.from({ length: Math.min(14, count) }, (_, place) => {
    const { key, name } = rowAt(place, to);
    return {
      key,
      name,
      outages: 13 - place,
      downMs: (14 - place) * 37 * MINUTE,
      longestMs: (14 - place) * 9 * MINUTE,
      dips: place % 3 === 0 ? 21 : 0,
      dipPeriodMs: place % 3 === 0 ? 8 * HOUR : null,
    };
  });
}

/** A shift in which somebody changed a tunnel, and an account was not seen for 12 minutes. */
export function shiftOf(from: Instant, to: Instant): ShiftReport {
  const { key, name, accountId } = rowAt(3, to);
  return {
    from,
    to,
    opened: [],
    resolved: [],
    open: [],
    keysDue: [],
    newFindings: [],
    changes: [
      {
        seq: 77,
        at: to - HOUR,
        kind: 'config-changed',
        accountId,
        key,
        detail: { fields: 'replayProtection', name, replayProtection: 'true -> false' },
      },
    ],
    unobserved: [{ accountId, ms: 12 * MINUTE }],
  };
}

/** A host with the history of `count` tunnels. @param begins Where the record begins; `null`: there is none. */
export function historyHost(
  count: number,
  begins: Instant | null,
  asked: { name: string; args: unknown }[] = [],
): Answer {
  const ok = (value: unknown): unknown => ({ ok: true, value });
  return (name, args) => {
    asked.push({ name, args });
    const [from, to] = [Number(args.from), Number(args.to)];
    switch (name) {
      case 'pastRange':
        return ok({ earliest: begins, latest: to });
      case 'availabilityReport':
        return ok(availabilityOf(count, from, to));
      case 'heatMap':
        return ok(heatOf(count, from, to, args.cell === 'day' ? 'day' : 'hour'));
      case 'restlessness':
        return ok(restlessOf(count, to));
      case 'shiftReport':
        return ok(shiftOf(from, to));
      case 'incidentReport':
      case 'lintRules':
        return ok([]);
      default:
        return ok(null);
    }
  };
}
