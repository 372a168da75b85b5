/**
 * How often sessions and health changed between good and bad. Values that say neither (not reported, not looked) change
 * nothing: the next that does is compared with the last that did.
 */
import type { BoardRow, Instant, Millis, TunnelKey } from '../../../shared/model.ts';
import { FLAP_WINDOW_MS } from '../rules/flapping.ts';
import type { Flaps } from '../rules/rule.ts';

type Watched = 'bgp' | 'health';

interface Change {
  readonly mono: Millis;
  /** Wall time. */
  readonly at: Instant;
}

interface Track {
  good: boolean | null;
  changes: Change[];
}

const NONE: Flaps = { changes: 0, since: 0 };

const GOOD: { readonly [L in Watched]: (row: BoardRow) => boolean | null } = {
  bgp: ({ lanes: { bgp } }) =>
    bgp.value === 'up' ? true : bgp.value === 'down' || bgp.value === 'establishing' ? false : null,
  health: ({ lanes: { health } }) =>
    health.value === 'healthy' ? true : health.value === 'down' || health.value === 'degraded' ? false : null,
};

export class FlapLedger {
  readonly #tracks = new Map<TunnelKey, { readonly [L in Watched]: Track }>();

  /** A row as it is now. */
  note(row: BoardRow, mono: Millis): void {
    const tracks = this.#of(row.key);
    for (const lane of ['bgp', 'health'] as const) {
      const good = GOOD[lane](row);
      const track = tracks[lane];
      if (good === null || good === track.good) continue;
      if (track.good !== null) track.changes.push({ mono, at: row.lanes[lane].since });
      track.good = good;
    }
  }

  count(key: TunnelKey, lane: Watched, mono: Millis): Flaps {
    const track = this.#tracks.get(key)?.[lane];
    if (track === undefined || track.changes.length === 0) return NONE;
    const from = mono - FLAP_WINDOW_MS;
    while (track.changes[0] !== undefined && track.changes[0].mono <= from) track.changes.shift();
    return { changes: track.changes.length, since: track.changes[0]?.at ?? 0 };
  }

  /** A dip that was a rekey: its fall and its rise were no flapping. */
  excuse(key: TunnelKey, from: Instant, to: Instant): void {
    const track = this.#tracks.get(key)?.health;
    if (track !== undefined) track.changes = track.changes.filter(({ at }) => at < from || at > to);
  }

  /** What an alert says of the time before this process: it would else seem calm. */
  seed(key: TunnelKey, lane: Watched, changes: number, at: Instant, mono: Millis): void {
    const track = this.#of(key)[lane];
    for (let i = 0; i < Math.min(changes, 1000); i++) track.changes.push({ mono, at });
  }

  forget(key: TunnelKey): void {
    this.#tracks.delete(key);
  }

  #of(key: TunnelKey): { readonly [L in Watched]: Track } {
    let tracks = this.#tracks.get(key);
    if (tracks === undefined) {
      tracks = { bgp: { good: null, changes: [] }, health: { good: null, changes: [] } };
      this.#tracks.set(key, tracks);
    }
    return tracks;
  }
}
