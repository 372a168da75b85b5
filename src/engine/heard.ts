/**
 * When the newest answers about each tunnel came, on the monotonic clock: the list speaks of all tunnels of an account, a
 * close read of one. What holds in two answers holds longer than a glance.
 */
import type { Millis, TunnelKey } from '../shared/model.ts';
import type { GapSource } from './history/contract.ts';

export class Heard {
  readonly #sources: Record<GapSource, Millis | null> = { list: null, health: null };
  readonly #closely = new Map<TunnelKey, Millis>();

  /** A good answer of a source came. A list is newer than every close read before it. */
  source(source: GapSource, mono: Millis): void {
    this.#sources[source] = mono;
    if (source === 'list') this.#closely.clear();
  }

  /** One tunnel was read by itself. */
  closely(key: TunnelKey, mono: Millis): void {
    this.#closely.set(key, mono);
  }

  /** `null` before the first answer of this process. */
  of(key: TunnelKey): Readonly<Record<GapSource, Millis | null>> {
    return { list: this.#closely.get(key) ?? this.#sources.list, health: this.#sources.health };
  }
}
