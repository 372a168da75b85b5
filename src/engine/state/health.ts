/**
 * From health rows (tunnel x data centre x minute) to what a tunnel's health is.
 *
 * The verdict uses the limits of Cloudflare's own dashboard, so that both say the same word: over 80 % is healthy, under
 * 40 % is down, degraded lies between. Each data centre counts once. One data centre that sees loss is normal and is
 * told as a share, not as an outage.
 */
import type { ColoHealth, Instant, LaneValue, Millis } from '../../shared/model.ts';

/** A data centre that has not reported for this long no longer counts: five one-minute buckets. */
export const COLO_FORGOTTEN_MS: Millis = 5 * 60_000;
/** Cloudflare holds a recovering tunnel at degraded for at least 5 and up to 30 minutes. */
export const RECOVERY_MS: Millis = 30 * 60_000;

const HEALTHY_OVER = 0.8;
const DOWN_UNDER = 0.4;
/** Half-way between degraded (0.5) and its neighbours. */
const COLO_HEALTHY_FROM = 0.75;
const COLO_DOWN_BELOW = 0.25;

/** The newest word of every data centre about one tunnel, by data-centre code. */
export type ColoMap = ReadonlyMap<string, ColoHealth>;

/** Takes in one row; an older minute never overwrites a newer one, the same minute is replaced (late rows). */
export function upsertColo(colos: Map<string, ColoHealth>, row: ColoHealth): 'changed' | 'refreshed' | 'ignored' {
  const known = colos.get(row.code);
  if (known !== undefined && known.minute > row.minute) return 'ignored';
  colos.set(row.code, row);
  return known !== undefined && known.state === row.state ? 'refreshed' : 'changed';
}

/** Forgets data centres that went quiet. True when one was forgotten. */
export function forgetQuiet(colos: Map<string, ColoHealth>, now: Instant): boolean {
  let forgotten = false;
  for (const [code, colo] of colos) {
    if (now - colo.minute > COLO_FORGOTTEN_MS) {
      colos.delete(code);
      forgotten = true;
    }
  }
  return forgotten;
}

/** Health over all data centres; `nodata` when none reports. */
export function healthVerdict(colos: ColoMap): LaneValue<'health'> {
  if (colos.size === 0) return 'nodata';
  let sum = 0;
  for (const colo of colos.values()) sum += colo.state;
  const score = sum / colos.size;
  if (score > HEALTHY_OVER) return 'healthy';
  return score < DOWN_UNDER ? 'down' : 'degraded';
}

/** How many data centres report healthy, and the worst one in words ("Frankfurt"), `null` when all are healthy. */
export function healthShare(colos: ColoMap): { healthy: number; colos: number; worst: string | null } | null {
  if (colos.size === 0) return null;
  let healthy = 0;
  let worst: ColoHealth | null = null;
  for (const colo of colos.values()) {
    if (colo.state >= COLO_HEALTHY_FROM) healthy += 1;
    else if (worst === null || colo.state < worst.state) worst = colo;
  }
  return { healthy, colos: colos.size, worst: worst?.name ?? null };
}

/** The word for one data centre. */
export function coloVerdict(state: number): 'healthy' | 'degraded' | 'down' {
  if (state >= COLO_HEALTHY_FROM) return 'healthy';
  return state < COLO_DOWN_BELOW ? 'down' : 'degraded';
}
