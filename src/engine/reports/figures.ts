/**
 * The arithmetic of availability. Pure.
 *
 * Error budgets follow Cloudflare's health alerts (their pages "Magic Tunnel health alerts" and "Magic Tunnel SLOs"): each
 * five minutes the share of good health (SLI) of the last 5 minutes and of the last hour is compared with the objective (SLO),
 * degraded counts as failed, and an alert fires when both are below. The share of failed time over the share that the objective
 * allows is the same comparison: it is over 1 exactly where the SLI is below the SLO.
 */
import type { Millis } from '../../shared/model.ts';
import type { DegradedAs, ErrorBudget } from '../../shared/reports.ts';
import type { Tally } from '../history/availability.ts';

/** The two windows of Cloudflare's health alerts. */
export const BURN_WINDOWS: { readonly short: Millis; readonly long: Millis } = {
  short: 5 * 60_000,
  long: 3_600_000,
};

interface Counted {
  readonly up: Millis;
  readonly failed: Millis;
}

function counted({ up, degraded, down }: Tally, as: DegradedAs): Counted {
  return { up: up + (as === 'up' ? degraded : 0), failed: down + (as === 'down' ? degraded : 0) };
}

/** Up over what counts; `null` when nothing does. */
export function shareOf(tally: Tally, as: DegradedAs): number | null {
  const { up, failed } = counted(tally, as);
  return up + failed === 0 ? null : up / (up + failed);
}

function burn(tally: Tally, as: DegradedAs, objective: number): number | null {
  const share = shareOf(tally, as);
  return share === null ? null : (1 - share) / (1 - objective);
}

/** What of the budget is spent; `null` when nothing could be counted. Allowed time is a share of the time that counts. */
export function budgetOf(
  tally: Tally,
  recent: { readonly short: Tally; readonly long: Tally },
  objective: number,
  as: DegradedAs,
): ErrorBudget | null {
  const { up, failed } = counted(tally, as);
  if (up + failed === 0) return null;
  return {
    objective,
    budgetMs: Math.round((1 - objective) * (up + failed)),
    spentMs: failed,
    burn5m: burn(recent.short, as, objective),
    burn1h: burn(recent.long, as, objective),
  };
}

/** Health from 0 to 1 on Cloudflare's own scale, degraded in the middle; `null` when nothing counts. Three decimals. */
export function levelOf({ up, degraded, down }: Tally): number | null {
  const all = up + degraded + down;
  return all === 0 ? null : Math.round(((up + degraded / 2) / all) * 1_000) / 1_000;
}

/** The lower first, what cannot be told last. */
export function worse(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a - b;
}
