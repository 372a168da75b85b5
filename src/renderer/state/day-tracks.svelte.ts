import { SvelteMap } from 'svelte/reactivity';
import type { Bridge, DeltaMessage } from '../../shared/bridge.ts';
import type { Instant, Millis, TunnelKey } from '../../shared/model.ts';
import { grow, type Tracks, tracksOf } from '../charts/tracks.ts';
import { DAY } from '../format/duration.ts';
import type { PageClock } from './page-clock.ts';

/** The host answers for so many tunnels at once. */
const MOST = 200;
/** Rows that fly past while scrolling are not worth a question. */
const SETTLE_MS: Millis = 60;
/** A failed question is asked again after this long. */
const AGAIN_MS: Millis = 5_000;
/** Kept at most; the rest is asked again when it comes into sight. */
const KEPT = 2_000;

/** The last 24 h of the lanes of the tunnels in sight: asked once for each, then grown from what the host announces. */
export class DayTracks {
  readonly #bridge: Bridge;
  readonly #clock: PageClock;
  readonly #now: () => Instant;
  readonly #known = new SvelteMap<TunnelKey, Tracks>();
  readonly #asked = new Set<TunnelKey>();
  readonly #wanted = new Set<TunnelKey>();
  /** Changes that arrive while a question is under way belong to its answer as well. */
  #meanwhile: DeltaMessage['changes'][number][] = [];
  #cancel: (() => void) | null = null;

  constructor(bridge: Bridge, clock: PageClock, now: () => Instant) {
    this.#bridge = bridge;
    this.#clock = clock;
    this.#now = now;
  }

  /** The tracks of a tunnel; `undefined` while they are not known yet. */
  of(key: TunnelKey): Tracks | undefined {
    return this.#known.get(key);
  }

  /** These tunnels are in sight. Asks for those that are not known. */
  want(keys: readonly TunnelKey[]): void {
    this.#wanted.clear();
    for (const key of keys) if (!this.#known.has(key) && !this.#asked.has(key)) this.#wanted.add(key);
    if (this.#wanted.size > 0) this.#soon(SETTLE_MS);
  }

  /** Takes in what the host announced. */
  take({ changes, removed }: Pick<DeltaMessage, 'changes' | 'removed'>): void {
    if (this.#asked.size > 0) this.#meanwhile.push(...changes);
    for (const change of changes) {
      const tracks = this.#known.get(change.key);
      if (tracks !== undefined) this.#known.set(change.key, trimmed(grow(tracks, change.key, [change]), change.at));
    }
    for (const key of removed) this.#known.delete(key);
  }

  /** Forgets everything: after a new full board changes may have been missed. */
  forget(keys: readonly TunnelKey[]): void {
    this.#known.clear();
    this.#asked.clear();
    this.want(keys);
  }

  /** Stops asking. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #soon(ms: Millis): void {
    this.#cancel ??= this.#clock.after(ms, () => {
      this.#cancel = null;
      void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    const keys = [...this.#wanted].slice(0, MOST);
    if (keys.length === 0) return;
    for (const key of keys) {
      this.#wanted.delete(key);
      this.#asked.add(key);
    }
    const to = this.#now();
    const result = await this.#bridge.call('lanes', { keys, lanes: ['bgp', 'health'], from: to - DAY, to });
    const still = keys.filter((key) => this.#asked.delete(key));
    if (!result.ok) {
      for (const key of still) this.#wanted.add(key);
      this.#soon(AGAIN_MS);
      return;
    }
    for (const key of still) this.#known.set(key, grow(tracksOf(result.value, key), key, this.#meanwhile));
    if (this.#asked.size === 0) this.#meanwhile = [];
    this.#evict();
    if (this.#wanted.size > 0) this.#soon(0);
  }

  #evict(): void {
    for (const key of this.#known.keys()) {
      if (this.#known.size <= KEPT) return;
      this.#known.delete(key);
    }
  }
}

/** Drops what has left the last day, so that a page that is open for weeks does not grow. */
function trimmed(tracks: Tracks, now: Instant): Tracks {
  const gone = (lane: Tracks['bgp']): boolean => (lane[0]?.to ?? now) < now - 2 * DAY;
  if (!gone(tracks.bgp) && !gone(tracks.health)) return tracks;
  const recent = (lane: Tracks['bgp']): Tracks['bgp'] => lane.filter(({ to }) => (to ?? now) >= now - DAY);
  return { ...tracks, bgp: recent(tracks.bgp), health: recent(tracks.health) };
}
