/** Which minutes of health results to ask for. Pure; all moments by Cloudflare's clock. */
import type { Instant, Millis } from '../../shared/model.ts';
import type { HealthWindow } from '../cloudflare/contract.ts';

/** Cloudflare's analytics take about this long to arrive; reading closer to now sees half-filled minutes. */
const LAG_MS: Millis = 60_000;
/** Minutes read a second time for rows that came late. */
const OVERLAP_MS: Millis = 2 * 60_000;
/** After an interruption health is read back this far at most: one answer of sensible size. */
const CATCH_UP_MS: Millis = 15 * 60_000;
const MINUTE_MS: Millis = 60_000;

/** The window to read at `now`, when all before `readTo` was read already. */
export function nextHealthWindow(now: Instant, readTo: Instant | null): HealthWindow {
  const to = Math.floor((now - LAG_MS) / MINUTE_MS) * MINUTE_MS;
  const usual = to - OVERLAP_MS - MINUTE_MS;
  if (readTo === null || readTo > to) return { from: usual, to };
  return { from: Math.max(to - CATCH_UP_MS, Math.min(usual, readTo - OVERLAP_MS)), to };
}
