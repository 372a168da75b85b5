/** Notices that were given up: they stay visible until the same people heard of the same incident, or for a day. */
import type { DeliveryState } from '../../../shared/alerts.ts';
import type { Instant, Millis } from '../../../shared/model.ts';
import type { Delivery } from '../../../shared/notices.ts';
import type { OutboxItem } from '../contract.ts';

const VISIBLE_MS: Millis = 24 * 3_600_000;

export class GivenUp {
  readonly #items = new Map<number, { readonly incidentId: string; readonly sink: string; readonly until: Millis }>();

  /** What the log of earlier processes tells, newest first; also of sinks that are gone from the settings. */
  restore(log: readonly Delivery[], now: Instant, mono: Millis): void {
    const heard = new Set<string>();
    for (const { id, incidentId, sink, state, lastAttemptAt, plannedAt } of log) {
      if (incidentId === null) continue;
      if (state === 'delivered') heard.add(`${incidentId} ${sink}`);
      const left = VISIBLE_MS - Math.max(0, now - (lastAttemptAt ?? plannedAt));
      if (state !== 'failed' || heard.has(`${incidentId} ${sink}`) || left <= 0) continue;
      this.#items.set(id, { incidentId, sink, until: mono + left });
    }
  }

  /** A delivery ended. */
  ended({ id, sink, state, notice }: OutboxItem, mono: Millis): void {
    const incidentId = notice.incident.id;
    if (state === 'failed') this.#items.set(id, { incidentId, sink, until: mono + VISIBLE_MS });
    if (state !== 'delivered') return;
    for (const [other, lost] of this.#items) {
      if (lost.incidentId === incidentId && lost.sink === sink) this.#items.delete(other);
    }
  }

  count(mono: Millis): number {
    for (const [id, { until }] of this.#items) if (mono > until) this.#items.delete(id);
    return this.#items.size;
  }
}

/** What one delivery says about whether people know; `null` when it says nothing. */
export function deliveryState({ state, attempts, notice: { kind } }: OutboxItem): DeliveryState | null {
  if (state === 'superseded' || kind === 'update') return null;
  if (state === 'delivered' || state === 'failed') return state;
  return attempts > 0 ? 'failed' : 'waiting';
}
