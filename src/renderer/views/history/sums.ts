/** What a table of availability adds up to. Pure. */
import type { Millis } from '../../../shared/model.ts';
import type { AvailabilityRow, ErrorBudget } from '../../../shared/reports.ts';

/** How much of the time stands behind the figures. */
export interface Coverage {
  readonly unobservedMs: Millis;
  /** Observed over all, 0 to 1; `null` when nothing was asked about. */
  readonly share: number | null;
}

/** Time that health checks did not count was observed all the same. */
export function coverageOf(rows: readonly AvailabilityRow[]): Coverage {
  const seen = rows.reduce((ms, row) => ms + row.upMs + row.degradedMs + row.downMs + row.uncountedMs, 0);
  const unobservedMs = rows.reduce((ms, row) => ms + row.unobservedMs, 0);
  return { unobservedMs, share: seen + unobservedMs === 0 ? null : seen / (seen + unobservedMs) };
}

/** Failing so fast in both windows that Cloudflare's own health alert fires. */
export function burnsTooFast({ burn5m, burn1h }: ErrorBudget): boolean {
  return burn5m !== null && burn1h !== null && burn5m > 1 && burn1h > 1;
}

export interface Verdict {
  readonly met: number;
  readonly missed: number;
  /** Nothing could be counted. */
  readonly untold: number;
  readonly burning: number;
}

/** How the rows stand against their objectives. */
export function verdictOf(rows: readonly AvailabilityRow[]): Verdict {
  const budgets = rows.flatMap(({ budget }) => (budget === null ? [] : [budget]));
  const missed = budgets.filter(({ budgetMs, spentMs }) => spentMs > budgetMs).length;
  return {
    met: budgets.length - missed,
    missed,
    untold: rows.length - budgets.length,
    burning: budgets.filter(burnsTooFast).length,
  };
}
