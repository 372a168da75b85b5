/** Availability of tunnels, sites and accounts over a range, with error budgets. */
import { accountOf, type Instant } from '../../shared/model.ts';
import type { AvailabilityRow, DegradedAs, ReportScope } from '../../shared/reports.ts';
import { addTallies, NOTHING, type Tally, tallyIntervals } from '../history/availability.ts';
import type { PastReader } from '../history/past-contract.ts';
import { BURN_WINDOWS, budgetOf, shareOf, worse } from './figures.ts';
import type { Objectives } from './objectives.ts';
import { type Coverage, eachOf, type ReportTunnel } from './subjects.ts';

interface Asked extends Coverage {
  readonly scope: ReportScope;
  readonly degraded: DegradedAs;
}

interface Measured {
  readonly tunnels: number;
  readonly whole: Tally;
  readonly short: Tally;
  readonly long: Tally;
}
const UNMEASURED: Measured = { tunnels: 0, whole: NOTHING, short: NOTHING, long: NOTHING };

function add(a: Measured, b: Measured): Measured {
  return {
    tunnels: a.tunnels + b.tunnels,
    whole: addTallies(a.whole, b.whole),
    short: addTallies(a.short, b.short),
    long: addTallies(a.long, b.long),
  };
}

/** A row in the making. */
interface Group {
  readonly id: string;
  readonly name: string;
  readonly first: ReportTunnel;
  readonly measured: Measured;
}

function groupOf(tunnel: ReportTunnel, scope: ReportScope, accountName: string): Omit<Group, 'measured'> {
  if (scope === 'tunnel') return { id: tunnel.key, name: tunnel.name, first: tunnel };
  if (scope === 'account') return { id: tunnel.accountId, name: accountName, first: tunnel };
  return { id: `${tunnel.accountId}/${tunnel.site}`, name: tunnel.site, first: tunnel };
}

/**
 * Worst first. A site or account adds its tunnels up. Burn rates are of the last minutes and hour of the range, or up to now
 * where it reaches beyond.
 */
export async function availabilityRows(
  parts: {
    readonly past: PastReader;
    readonly now: Instant;
    readonly objectives: Objectives;
    readonly accountName: (id: ReportTunnel['accountId']) => string;
  },
  tunnels: readonly ReportTunnel[],
  { from, to, scope, degraded }: Asked,
): Promise<AvailabilityRow[]> {
  const { past, objectives, accountName } = parts;
  const end = Math.max(from, Math.min(to, parts.now));
  const health = past.healthIn(from, to);
  const recent = past.intervalsIn(end - BURN_WINDOWS.long, end);
  const groups = new Map<string, Group>();
  await eachOf(tunnels, (tunnel) => {
    const last = recent(tunnel.key, 'health');
    const measured = {
      tunnels: 1,
      whole: health(tunnel.key),
      short: tallyIntervals(last, end - BURN_WINDOWS.short, end),
      long: tallyIntervals(last, end - BURN_WINDOWS.long, end),
    };
    const group = groupOf(tunnel, scope, accountName(tunnel.accountId));
    const before = groups.get(group.id);
    groups.set(group.id, { ...group, measured: add(before?.measured ?? UNMEASURED, measured) });
  });
  const rows = [...groups.values()].map(({ id, name, first, measured }): AvailabilityRow => {
    const { whole, tunnels: count } = measured;
    const { up, degraded: half, down, uncounted } = whole;
    const objective =
      scope === 'tunnel' && first.row !== null
        ? objectives.ofTunnel(first.row)
        : objectives.ofAccount(accountOf(first.key));
    return {
      scope,
      id,
      name,
      accountId: first.accountId,
      tunnels: count,
      upMs: up,
      degradedMs: half,
      downMs: down,
      uncountedMs: uncounted,
      unobservedMs: (to - from) * count - up - half - down - uncounted,
      share: shareOf(whole, degraded),
      budget: budgetOf(whole, measured, objective, objectives.degraded),
    };
  });
  return rows.sort((a, b) => worse(a.share, b.share) || b.downMs - a.downMs || (a.name < b.name ? -1 : 1));
}
