/** Replies of the host as tables. Nothing is worked out here but what is left of a budget, and sums that say so. */
import { incidentTitle, type Say } from '../../../shared/alert-words/index.ts';
import type { AlertSeverity } from '../../../shared/alerts.ts';
import type { AccountId, Instant, TunnelKey } from '../../../shared/model.ts';
import type { AvailabilityRow, ReportIncident, ReportScope, Restlessness } from '../../../shared/reports.ts';
import { count, factor, share } from '../../format/number.ts';
import { exactTime, shortTime } from '../../format/time.ts';
import { incidentHash, tunnelHash } from '../../state/route.svelte.ts';
import { alerts } from '../../words/alerts.ts';
import { history as words } from '../../words/history.ts';
import type { Sheet, SheetCell } from './sheet.ts';

/** Who is who, and when it is. */
export interface Around {
  readonly now: Instant;
  readonly accountName: (id: AccountId) => string;
  /** More than one account: their names are told. */
  readonly several: boolean;
  /** Whether a tunnel has a page. */
  readonly known: (key: TunnelKey) => boolean;
}

const NONE: SheetCell = { text: words.none, by: null, quiet: true };
const spanCell = (ms: number): SheetCell => ({ text: words.span(ms), by: ms, quiet: ms <= 0 });

function tunnelCell(key: TunnelKey, name: string, { known }: Around): SheetCell {
  return known(key) ? { text: name, href: tunnelHash(key) } : { text: name };
}

function burnCell(rate: number | null): SheetCell {
  if (rate === null) return { ...NONE, title: words.burnMeaning(rate) };
  return { text: factor(rate), by: rate, title: words.burnMeaning(rate), quiet: rate === 0, strong: rate > 1 };
}

function budgetCells({ budget }: AvailabilityRow): SheetCell[] {
  if (budget === null) return [NONE, NONE, NONE, NONE, NONE, NONE];
  const leftMs = budget.budgetMs - budget.spentMs;
  return [
    { text: share(budget.objective), by: budget.objective },
    { text: words.span(budget.budgetMs), by: budget.budgetMs },
    spanCell(budget.spentMs),
    {
      text: words.left(budget),
      by: leftMs,
      ...(leftMs < 0 ? { strong: true, title: words.availability.over(-leftMs) } : {}),
    },
    burnCell(budget.burn5m),
    burnCell(budget.burn1h),
  ];
}

/** Availability, in the order of the host. */
export function availabilitySheet(rows: readonly AvailabilityRow[], scope: ReportScope, around: Around): Sheet {
  const { columns, titles } = words.availability;
  const account = scope !== 'account' && around.several;
  const uncounted = rows.some(({ uncountedMs }) => uncountedMs > 0);
  const cellsOf = (row: AvailabilityRow): SheetCell[] => [
    scope === 'tunnel' ? tunnelCell(row.id as TunnelKey, row.name, around) : { text: row.name },
    ...(account ? [{ text: around.accountName(row.accountId), quiet: true }] : []),
    ...(scope === 'tunnel' ? [] : [{ text: count(row.tunnels), by: row.tunnels }]),
    row.share === null
      ? { text: words.availability.nothing, by: null, quiet: true }
      : { text: share(row.share), by: row.share },
    spanCell(row.downMs),
    spanCell(row.degradedMs),
    ...(uncounted ? [spanCell(row.uncountedMs)] : []),
    spanCell(row.unobservedMs),
    ...budgetCells(row),
  ];
  return {
    caption: words.availability.caption(scope),
    columns: [
      { id: 'name', head: columns.name[scope], wide: 2.2 },
      ...(account ? [{ id: 'account', head: columns.account, wide: 1.2 }] : []),
      ...(scope === 'tunnel' ? [] : [{ id: 'tunnels', head: columns.tunnels, figure: true, wide: 0.8 }]),
      { id: 'share', head: columns.share, title: titles.share, figure: true },
      { id: 'down', head: columns.down, figure: true, wide: 1.1 },
      { id: 'degraded', head: columns.degraded, figure: true, wide: 1.1 },
      ...(uncounted
        ? [{ id: 'uncounted', head: columns.uncounted, title: titles.uncounted, figure: true, wide: 1.3 }]
        : []),
      { id: 'unseen', head: columns.unseen, title: titles.unseen, figure: true, wide: 1.45 },
      { id: 'objective', head: columns.objective, figure: true, wide: 1.05 },
      { id: 'budget', head: columns.budget, title: titles.budget, figure: true },
      { id: 'spent', head: columns.spent, title: titles.spent, figure: true, wide: 1.1 },
      { id: 'left', head: columns.left, title: titles.left, figure: true, wide: 1.35 },
      { id: 'burn5m', head: columns.burn5m, title: titles.burn, figure: true, wide: 1.15 },
      { id: 'burn1h', head: columns.burn1h, title: titles.burn, figure: true, wide: 1.2 },
    ],
    rows: rows.map((row) => ({ id: row.id, cells: cellsOf(row) })),
  };
}

/** Outages and dips, the most restless first. */
export function restlessSheet(rows: readonly Restlessness[], around: Around): Sheet {
  const { columns, titles } = words.restless;
  return {
    caption: words.restless.caption,
    columns: [
      { id: 'name', head: columns.tunnel, wide: 2.4 },
      { id: 'outages', head: columns.outages, title: titles.outages, figure: true },
      { id: 'down', head: columns.down, figure: true },
      { id: 'longest', head: columns.longest, figure: true },
      { id: 'dips', head: columns.dips, title: titles.dips, figure: true },
      { id: 'period', head: columns.period, figure: true, wide: 1.2 },
    ],
    rows: rows.map(({ key, name, outages, downMs, longestMs, dips, dipPeriodMs }) => ({
      id: key,
      cells: [
        tunnelCell(key, name, around),
        { text: count(outages), by: outages, quiet: outages === 0 },
        spanCell(downMs),
        spanCell(longestMs),
        { text: count(dips), by: dips, quiet: dips === 0 },
        dipPeriodMs === null ? NONE : { text: words.restless.every(dipPeriodMs), by: dipPeriodMs },
      ],
    })),
  };
}

const RANK: Readonly<Record<AlertSeverity, number>> = { critical: 2, warning: 1, info: 0 };

/** Incidents with what people did, newest first. */
export function incidentSheet(
  list: readonly ReportIncident[],
  say: Say,
  now: Instant,
  caption = words.incidents.caption,
): Sheet {
  const { columns, state, nobody } = words.incidents;
  return {
    caption,
    columns: [
      { id: 'what', head: columns.what, wide: 4 },
      { id: 'severity', head: columns.severity, wide: 0.9 },
      { id: 'since', head: columns.since, wide: 1.1 },
      { id: 'lasted', head: columns.lasted, figure: true },
      { id: 'state', head: columns.state, wide: 0.9 },
      { id: 'by', head: columns.by, wide: 1.3 },
      { id: 'after', head: columns.after, figure: true, wide: 0.8 },
    ],
    rows: list.map(({ incident, lastedMs, acknowledgedBy, acknowledgedAfterMs }) => ({
      id: incident.id,
      cells: [
        { text: incidentTitle(incident, say), href: incidentHash(incident.id) },
        {
          text: alerts.severity[incident.severity],
          by: RANK[incident.severity],
          severity: incident.severity,
        },
        { text: shortTime(incident.since, now), by: incident.since, title: exactTime(incident.since) },
        { text: words.span(Math.max(1, lastedMs)), by: lastedMs },
        {
          text: incident.phase === 'firing' ? state.open : state[incident.phase],
          strong: incident.phase === 'firing',
        },
        acknowledgedBy === null ? { text: nobody, by: null, quiet: true } : { text: acknowledgedBy },
        acknowledgedAfterMs === null
          ? NONE
          : { text: words.span(Math.max(1, acknowledgedAfterMs)), by: acknowledgedAfterMs },
      ],
    })),
  };
}
