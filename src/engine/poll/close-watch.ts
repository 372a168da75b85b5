/**
 * Which tunnels deserve a look of their own between two lists: those that a person has open, then those that are not ok,
 * the newest trouble first. At most eight at a time.
 */
import type { Instant, Millis, TunnelKey } from '../../shared/model.ts';
import type { Entry } from '../state/entry.ts';
import { laneSeverity } from '../state/severity.ts';

export const WATCH_INTERVAL_MS: Millis = 10_000;
export const WATCH_AT_MOST = 8;
/** A view says every 20 s that somebody looks; this long after the last word nobody does. */
export const VIEW_LASTS_MS: Millis = 30_000;

/** Tunnels that somebody has open, each with the monotonic moment at which that ends. */
export class Views {
  readonly #until = new Map<TunnelKey, Millis>();

  look(key: TunnelKey, mono: Millis): void {
    this.#until.set(key, mono + VIEW_LASTS_MS);
  }

  current(mono: Millis): TunnelKey[] {
    for (const [key, until] of this.#until) if (until <= mono) this.#until.delete(key);
    return [...this.#until.keys()];
  }
}

/** Since when a tunnel has been in trouble that another read can tell more about; `null` when it is not. */
function troubledSince(entry: Entry): Instant | null {
  const { bgp, health } = entry.lanes;
  const bad = (severity: string | null): boolean => severity === 'critical' || severity === 'warning';
  const since: Instant[] = [];
  if (bad(laneSeverity('bgp', bgp.value))) since.push(bgp.since);
  // Checks that are off stay off: nothing to watch.
  if (health.value !== 'disabled' && bad(laneSeverity('health', health.value))) since.push(health.since);
  return since.length === 0 ? null : Math.max(...since);
}

/** The tunnels to read now. */
export function chooseWatched(viewed: readonly TunnelKey[], entries: Iterable<Entry>): TunnelKey[] {
  const chosen = viewed.slice(0, WATCH_AT_MOST);
  const troubled: { key: TunnelKey; since: Instant }[] = [];
  for (const entry of entries) {
    const since = troubledSince(entry);
    if (since !== null && !chosen.includes(entry.tunnel.key)) troubled.push({ key: entry.tunnel.key, since });
  }
  troubled.sort((a, b) => b.since - a.since);
  for (const { key } of troubled.slice(0, WATCH_AT_MOST - chosen.length)) chosen.push(key);
  return chosen;
}
