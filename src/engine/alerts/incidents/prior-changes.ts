/** What was changed lately, by tunnel: an outage that follows may come from it. */
import type { Alert, PriorChange } from '../../../shared/alerts.ts';
import type { EventDetail, EventKind, HistoryEvent, Instant, TunnelKey } from '../../../shared/model.ts';
import type { Moment } from '../contract.ts';
import { PRIOR_CHANGE_MS, PRIOR_SLACK_MS } from './families.ts';

interface Noted extends PriorChange {
  readonly mono: number;
}

/** What somebody did to a tunnel: set a field, gave it another key, deleted it and made it anew. */
const CHANGES: readonly EventKind[] = ['config-changed', 'psk-changed', 'tunnel-recreated'];
/** Remembered per tunnel; more than this in a quarter of an hour is somebody trying things. */
const KEPT = 4;
const FORGET_MS = 2 * PRIOR_CHANGE_MS;

/** The newer of two changes; of one moment the same whatever their order. */
export function newerChange(a: PriorChange | null, b: PriorChange | null): PriorChange | null {
  if (a === null || b === null) return a ?? b;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.key <= b.key ? a : b;
}

/** Remembers configuration changes and new keys for half an hour. */
export class PriorChanges {
  readonly #byTunnel = new Map<TunnelKey, Noted[]>();

  /** Takes the events of CHANGES; others are ignored. `name` is for words. */
  hear(events: readonly HistoryEvent[], at: Moment, name: (key: TunnelKey) => string): void {
    for (const { kind, key, detail, at: when } of events) {
      if (key !== null && CHANGES.includes(kind)) {
        this.#note(key, name(key), when, detail, at);
      }
    }
  }

  /** The alert about a change says the same as the event; whichever comes first counts. */
  hearAlert({ rule, subject, since, facts }: Alert, at: Moment): void {
    if (rule === 'configuration-changed' && subject.kind === 'tunnel') {
      this.#note(subject.key, subject.name, since, facts, at);
    }
  }

  /** The newest change of a tunnel within a quarter of an hour before `since`. */
  before(key: TunnelKey, since: Instant): PriorChange | null {
    let newest: Noted | null = null;
    for (const noted of this.#byTunnel.get(key) ?? []) {
      const early = since - noted.at;
      if (early < -PRIOR_SLACK_MS || early > PRIOR_CHANGE_MS) continue;
      if (newest === null || noted.at >= newest.at) newest = noted;
    }
    return newest === null ? null : { at: newest.at, key: newest.key, name: newest.name, change: newest.change };
  }

  forget({ mono }: Moment): void {
    for (const [key, list] of this.#byTunnel) {
      const kept = list.filter((noted) => mono - noted.mono <= FORGET_MS);
      if (kept.length === 0) this.#byTunnel.delete(key);
      else if (kept.length < list.length) this.#byTunnel.set(key, kept);
    }
  }

  #note(key: TunnelKey, name: string, when: Instant, change: EventDetail, { mono }: Moment): void {
    // Cloudflare's own time of the change where it was said: we may have heard of it a whole interval later.
    const at = typeof change.modifiedAt === 'number' ? Math.min(change.modifiedAt, when) : when;
    const list = this.#byTunnel.get(key) ?? [];
    if (list.some((noted) => noted.at === at)) return;
    this.#byTunnel.set(key, [...list, { at, key, name, change, mono }].slice(-KEPT));
  }
}
