/**
 * For receivers that forget what is not repeated: open incidents are sent again and again, ended ones for a while. What
 * such a receiver was never told of is not repeated to it: routes decide that, not this.
 */
import type { Millis } from '../../../shared/model.ts';
import type { Notice, OutboxItem } from '../contract.ts';

export interface Repeat {
  readonly incidentId: string;
  /** As it is now. */
  notice: () => Notice;
  /** Monotonic time of the next one. */
  nextAt: Millis;
  /** Monotonic time after which it is repeated no more; `null` while the incident is open. */
  until: Millis | null;
  busy: boolean;
}

export interface RepeatRule {
  readonly everyMs: Millis;
  readonly resolvedForMs: Millis;
}

export type OpenIncidents = readonly { readonly incident: { readonly id: string }; readonly notice: () => Notice }[];

export class Repeats {
  readonly #rule: RepeatRule;
  /** Did the receiver accept anything about this incident, in this process or before? */
  readonly #wasTold: (incidentId: string) => boolean;
  readonly #told = new Map<string, boolean>();
  readonly #repeats = new Map<string, Repeat>();

  constructor(rule: RepeatRule, wasTold: (incidentId: string) => boolean) {
    this.#rule = rule;
    this.#wasTold = wasTold;
  }

  /** The incidents that are open now. */
  open(incidents: OpenIncidents, mono: Millis): void {
    const ids = new Set<string>();
    for (const { incident, notice } of incidents) {
      ids.add(incident.id);
      if (!this.#knows(incident.id)) continue;
      const known = this.#repeats.get(incident.id);
      if (known === undefined) this.#set(incident.id, notice, mono, null);
      else Object.assign(known, { notice, until: null });
    }
    for (const [id, { until, busy }] of this.#repeats) {
      if (until === null && !busy && !ids.has(id)) this.#repeats.delete(id);
    }
    for (const id of this.#told.keys()) if (!ids.has(id)) this.#told.delete(id);
  }

  /** The receiver accepted a notice; an end is repeated from now on. */
  accepted({ notice }: OutboxItem, mono: Millis): void {
    const { id } = notice.incident;
    this.#told.set(id, true);
    const next = mono + this.#rule.everyMs;
    if (notice.kind === 'resolved') this.#set(id, () => notice, next, mono + this.#rule.resolvedForMs);
    else this.#set(id, this.#repeats.get(id)?.notice ?? (() => notice), next, null);
  }

  /** An end that a receiver heard of before we started, to be repeated for `left`. */
  ended(notice: Notice, mono: Millis, left: Millis): void {
    this.#set(notice.incident.id, () => notice, mono, mono + left);
  }

  /** What is to be sent by now or later; ends that were repeated long enough are gone. */
  *pending(mono: Millis): Iterable<Repeat> {
    for (const [id, repeat] of this.#repeats) {
      if (repeat.busy) continue;
      if (repeat.until !== null && mono > repeat.until) this.#repeats.delete(id);
      else yield repeat;
    }
  }

  /** A repeat is under way: what is new about the incident comes after it. */
  isBusy(incidentId: string): boolean {
    return this.#repeats.get(incidentId)?.busy === true;
  }

  #knows(id: string): boolean {
    const known = this.#told.get(id) ?? this.#wasTold(id);
    this.#told.set(id, known);
    return known;
  }

  #set(incidentId: string, notice: () => Notice, nextAt: Millis, until: Millis | null): void {
    const known = this.#repeats.get(incidentId);
    if (known === undefined) this.#repeats.set(incidentId, { incidentId, notice, nextAt, until, busy: false });
    else Object.assign(known, { notice, nextAt, until });
  }
}
