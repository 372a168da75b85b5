/** How health results change a tunnel. */
import type { ColoHealth, Instant, Lanes, LaneValue, Millis, Tunnel } from '../../shared/model.ts';
import type { Entry } from './entry.ts';
import { forgetQuiet, healthVerdict, RECOVERY_MS, upsertColo } from './health.ts';
import { byOurClock, cloudNow, type Look } from './look.ts';
import { tunnelSeverity } from './severity.ts';
import { moveLane } from './step.ts';
import type { Update } from './update.ts';

/** Rows are by the minute. */
export const HEALTH_MINUTE_MS: Millis = 60_000;

/** What the results say; `unobserved` until they were read for this tunnel once (`judged`). */
export function healthValue(
  tunnel: Tunnel,
  colos: ReadonlyMap<string, ColoHealth>,
  judged: boolean,
): LaneValue<'health'> {
  if (tunnel.healthCheck?.enabled === false) return 'disabled';
  return judged ? healthVerdict(colos) : 'unobserved';
}

/**
 * Health rows of one tunnel, oldest minute first. Each minute is judged by itself, so that a dip between two reads is kept
 * with its own beginning and end.
 */
export function observeHealth(entry: Entry, rows: readonly ColoHealth[], look: Look, update: Update): Entry {
  let next: Entry = entry.judged ? entry : { ...entry, judged: true };
  let moved = false;
  for (let i = 0; i < rows.length; ) {
    const minute = rows[i]?.minute ?? 0;
    // Whoever was silent by then has no say in this minute.
    let changed = forgetQuiet(entry.colos, minute);
    for (; i < rows.length && rows[i]?.minute === minute; i++) {
      const row = rows[i];
      if (row !== undefined && row.minute + HEALTH_MINUTE_MS > entry.born) {
        changed = upsertColo(entry.colos, row) === 'changed' || changed;
      }
    }
    if (changed && entry.colos.size > 0) next = judge(next, minute, look, update);
    moved ||= changed;
  }
  const forgotten = forgetQuiet(entry.colos, cloudNow(look));
  if (forgotten || !moved) next = judge(next, cloudNow(look), look, update);
  if (forgotten || moved) update.touched.add(entry.tunnel.key);
  return next;
}

/** `minute` by Cloudflare's clock. */
function judge(entry: Entry, minute: Instant, look: Look, update: Update): Entry {
  const value = healthValue(entry.tunnel, entry.colos, true);
  const before = entry.lanes.health;
  if (before.value === value) return entry;
  // A minute that lies before the last change cannot be the beginning of the next one, nor can the future.
  const since = before.value === 'unobserved' ? Number.NEGATIVE_INFINITY : before.since;
  const at = Math.min(look.now, Math.max(byOurClock(minute, look), since));
  const health = moveLane(entry.lanes, 'health', entry.tunnel.key, value, { at, began: null }, update);
  const lanes: Lanes = { ...entry.lanes, health };
  const recoveringUntil = value === 'degraded' && before.value === 'down' ? at + RECOVERY_MS : null;
  return { ...entry, lanes, recoveringUntil, severity: tunnelSeverity(lanes) };
}
