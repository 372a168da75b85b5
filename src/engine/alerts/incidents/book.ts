/**
 * The incident book: one cause, one incident. Which alerts share a cause is decided in `outages.ts` and `parts.ts` for
 * tunnels that do not work, in `gathering.ts` for all the rest; here is the life of what they decide.
 *
 * Opens when its first alert fires, with all pending alerts of the same cause as members. Members come and go without a
 * word to people. `recovering` when none fires any more, `resolved` when all are, `returned` when one fires again before.
 * Getting graver makes it `fresh` again and ends its acknowledgement. Holds open incidents alone.
 *
 * Costs follow the changes: an apply counts each affected account once, and looks at the troubles and incidents of those.
 */
import type { Acknowledgement, Alert, Cause, DeliveryState, Incident, IncidentStep } from '../../../shared/alerts.ts';
import type { AccountId, HistoryEvent, Millis } from '../../../shared/model.ts';
import type { AlertChange, IncidentBook, IncidentChange, Moment, SavedAlerts, SilencedBy, World } from '../contract.ts';
import { Case } from './case.ts';
import { familyOf, isOpen } from './families.ts';
import { type Gathering, gather, gathered, gatheringOf } from './gathering.ts';
import { Correlation, Field } from './outages.ts';
import { PriorChanges } from './prior-changes.ts';
import { settle } from './settle.ts';
import { follow, newTrouble } from './trouble.ts';
import { Turn } from './turn.ts';

type Saved = Pick<SavedAlerts, 'alerts' | 'incidents' | 'members' | 'nextIncident'>;
type Names = (id: AccountId) => string;

/** An incident book that goes on where the last one ended. `names`: accounts by name, for the timelines of incidents. */
export function createIncidentBook(saved: Saved, names: Names): IncidentBook {
  return new Incidents(saved, names);
}

class Incidents implements IncidentBook {
  readonly #names: Names;
  readonly #cases = new Map<string, Case>();
  /** Where each alert is. */
  readonly #homes = new Map<string, Case>();
  readonly #fields = new Map<AccountId, Field>();
  readonly #gatherings = new Map<string, Gathering>();
  readonly #prior = new PriorChanges();
  /** Put back from the store, not yet looked at with the facts of today. */
  #stale = new Set<Case>();
  /** Alerts of what the last call ended. */
  #ended = new Map<string, readonly Alert[]>();
  #next: number;
  /** Read with the first moment, which tells how the two clocks stand to each other. */
  #saved: Saved | null;
  /** As they were saved, until then. */
  #before: ReadonlyMap<string, Incident>;

  constructor(saved: Saved, names: Names) {
    this.#names = names;
    this.#saved = saved;
    this.#next = Math.max(1, saved.nextIncident, ...saved.incidents.map(({ id }) => Number(id.slice(2)) + 1));
    this.#before = new Map(saved.incidents.filter(isOpen).map((incident) => [incident.id, incident]));
  }

  apply(
    changes: readonly AlertChange[],
    at: Moment,
    world: World,
    silenced: SilencedBy,
    events: readonly HistoryEvent[] = [],
  ): readonly IncidentChange[] {
    this.#begin(at);
    const turn = new Turn(at, world, this.#stale);
    this.#stale = new Set();
    this.#prior.hear(events, at, (key) => world.tunnel(key)?.row.name ?? key);
    for (const { alert } of changes) this.#prior.hearAlert(alert, at);
    for (const { alert, was } of changes) this.#take(alert, was !== alert.phase, turn);
    for (const field of turn.fields) this.#correlate(field, turn);
    for (const gathering of turn.gatherings) {
      gather(gathering, at, {
        open: (cause, opener, onset) => this.#open(cause, opener, onset, turn),
        house: (alert, into, onset) => this.#house(alert, into, onset, turn),
      });
      for (const it of gathering.cases) turn.touched.add(it);
    }
    this.#prior.forget(at);
    for (const it of turn.touched) this.#update(it, turn);
    return this.#settle(turn.touched, at, silenced);
  }

  refresh(at: Moment, silenced: SilencedBy): readonly IncidentChange[] {
    this.#begin(at);
    this.#stale = new Set();
    return this.#settle(this.#cases.values(), at, silenced);
  }

  acknowledge(id: string, ack: Acknowledgement | null, at: Moment, by?: string): IncidentChange | null {
    this.#begin(at);
    const it = this.#cases.get(id);
    if (it === undefined || (ack === null && it.acknowledgement === null)) return null;
    it.acknowledgement = ack;
    if (ack !== null) it.fresh = false;
    const step: IncidentStep =
      ack === null
        ? { at: at.now, what: 'unacknowledged', by: by ?? null, note: '' }
        : { at: at.now, what: 'acknowledged', by: ack.by, note: ack.comment };
    return this.#settleOne(it, at, null, [step]);
  }

  seen(ids: readonly string[], at: Moment): readonly IncidentChange[] {
    this.#begin(at);
    return ids.flatMap((id) => {
      const it = this.#cases.get(id);
      if (it === undefined || !it.fresh) return [];
      it.fresh = false;
      return this.#settleOne(it, at, null) ?? [];
    });
  }

  delivered(id: string, state: DeliveryState, at: Moment): IncidentChange | null {
    this.#begin(at);
    const it = this.#cases.get(id);
    if (it === undefined) return null;
    it.delivery = state;
    return this.#settleOne(it, at, null);
  }

  open(): readonly Incident[] {
    if (this.#saved !== null) return [...this.#before.values()];
    return [...this.#cases.values()].flatMap(({ incident }) => incident ?? []);
  }

  incident(id: string): Incident | undefined {
    return this.#saved !== null ? this.#before.get(id) : (this.#cases.get(id)?.incident ?? undefined);
  }

  alertsOf(id: string): readonly Alert[] {
    if (this.#saved !== null) {
      const ids = new Set(this.#saved.members[id] ?? []);
      return this.#saved.alerts.filter((alert) => ids.has(alert.id));
    }
    return this.#cases.get(id)?.sorted() ?? this.#ended.get(id) ?? [];
  }

  /** The first call of a book puts back what was saved; those incidents are then to be looked at. */
  #begin(at: Moment): void {
    const saved = this.#saved;
    this.#ended = new Map();
    if (saved === null) return;
    this.#saved = null;
    const alerts = new Map(saved.alerts.map((alert) => [alert.id, alert]));
    for (const incident of this.#before.values()) {
      const own = (saved.members[incident.id] ?? []).flatMap((id) => alerts.get(id) ?? []);
      const it = Case.restored(incident, own, at);
      this.#cases.set(it.id, it);
      for (const alert of own) this.#homes.set(alert.id, it);
    }
    const turn = new Turn(at, null, new Set());
    for (const alert of alerts.values()) if (isOpen(alert)) this.#take(alert, true, turn);
    for (const it of this.#cases.values()) this.#shelve(it);
    this.#stale = new Set(this.#cases.values());
  }

  /** Where later alerts look for the case. */
  #shelve(it: Case): void {
    const { cause } = it;
    if (cause.kind === 'blind' || cause.kind === 'app' || cause.kind === 'rule') {
      for (const alert of it.alerts()) gatheringOf(this.#gatherings, alert).cases.add(it);
      return;
    }
    this.#field(cause.accountId).cases.add(it);
  }

  #field(accountId: AccountId): Field {
    const found = this.#fields.get(accountId) ?? new Field(accountId);
    this.#fields.set(accountId, found);
    return found;
  }

  /** An alert in its new state, into the indexes and into its case. */
  #take(alert: Alert, moved: boolean, turn: Turn): void {
    const home = this.#homes.get(alert.id);
    if (home !== undefined) {
      if (isOpen(alert) || alert.firedAt !== null) home.put(alert);
      else {
        home.drop(alert);
        this.#homes.delete(alert.id);
      }
      turn.touched.add(home);
    }
    const family = familyOf(alert);
    if (family === 'outage' || family === 'site') this.#takeOutage(alert, moved, turn);
    else if (home === undefined) {
      const gathering = gatheringOf(this.#gatherings, alert);
      if (isOpen(alert)) {
        const onset = gathering.free.get(alert.id)?.onset ?? turn.onset(alert, family === 'listing');
        gathering.free.set(alert.id, { alert, onset });
        turn.gatherings.add(gathering);
      } else gathering.free.delete(alert.id);
    }
  }

  #takeOutage(alert: Alert, moved: boolean, turn: Turn): void {
    const { subject } = alert;
    if (subject.kind !== 'tunnel' && subject.kind !== 'site') return;
    const field = this.#field(subject.accountId);
    if (moved) turn.fields.add(field);
    if (subject.kind === 'site') {
      if (isOpen(alert)) field.sites.set(alert.id, alert);
      else field.sites.delete(alert.id);
      return;
    }
    const old = field.troubles.get(subject.key);
    if (!isOpen(alert)) {
      old?.alerts.delete(alert.id);
      if (old?.alerts.size === 0) field.troubles.delete(subject.key);
      return;
    }
    const trouble = old ?? newTrouble(subject, turn.onset(alert), this.#homes.get(alert.id) ?? null);
    follow(trouble, subject, turn.bgpUp(subject.key));
    if (!trouble.alerts.has(alert.id)) trouble.onset = Math.min(trouble.onset, turn.onset(alert));
    trouble.alerts.set(alert.id, alert);
    field.troubles.set(subject.key, trouble);
    if (trouble.home !== null) this.#house(alert, trouble.home, trouble.onset, turn);
  }

  #correlate(field: Field, turn: Turn): void {
    const tally = turn.tally(field.accountId);
    if (tally === null) return;
    const correlation = new Correlation(field, tally, {
      open: (cause, opener, onset) => {
        const it = this.#open(cause, opener, onset, turn);
        field.cases.add(it);
        return it;
      },
      house: (alert, into, onset) => this.#house(alert, into, onset, turn),
      homeOf: (alert) => this.#homes.get(alert.id),
      merge: (younger, older) => this.#merge(younger, older, field, turn),
      changedBefore: ({ key, alerts }) =>
        [...alerts.values()].some(({ since }) => this.#prior.before(key, since) !== null),
      onsetOf: (alert) => turn.onset(alert),
    });
    correlation.run();
    for (const it of field.cases) turn.touched.add(it);
  }

  #open(cause: Cause, opener: Alert, onset: Millis, turn: Turn): Case {
    const it = new Case(this.#next, cause, opener, onset, turn.at);
    this.#next += 1;
    this.#cases.set(it.id, it);
    turn.touched.add(it);
    return it;
  }

  #house(alert: Alert, into: Case, onset: Millis, turn: Turn): void {
    into.put(alert, onset);
    this.#homes.set(alert.id, into);
    turn.touched.add(into);
    if (alert.subject.kind !== 'tunnel' || familyOf(alert) !== 'outage') return;
    into.noteChange(this.#prior.before(alert.subject.key, alert.since));
  }

  #merge(younger: Case, older: Case, field: Field, turn: Turn): void {
    for (const alert of younger.alerts()) this.#homes.set(alert.id, older);
    for (const trouble of field.troubles.values()) if (trouble.home === younger) trouble.home = older;
    older.absorb(younger);
    field.cases.delete(younger);
    turn.touched.add(older);
    turn.touched.add(younger);
  }

  /** The cause with the names and extents of this moment. */
  #update(it: Case, turn: Turn): void {
    const { cause } = it;
    if (cause.kind === 'tunnel') {
      const name = this.#fields.get(cause.accountId)?.troubles.get(cause.key)?.name ?? cause.name;
      if (name !== cause.name) it.cause = { ...cause, name };
    } else it.cause = gathered(it, (accountId) => turn.tally(accountId)?.all.of ?? 0);
  }

  #settle(cases: Iterable<Case>, at: Moment, silenced: SilencedBy): readonly IncidentChange[] {
    return [...cases].sort((a, b) => a.number - b.number).flatMap((it) => this.#settleOne(it, at, silenced) ?? []);
  }

  #settleOne(
    it: Case,
    at: Moment,
    silenced: SilencedBy | null,
    first: readonly IncidentStep[] = [],
  ): IncidentChange | null {
    const { over, change } = settle(it, at, silenced, this.#names, first);
    if (over) this.#end(it);
    return change;
  }

  #end(it: Case): void {
    this.#ended.set(it.id, it.sorted());
    this.#cases.delete(it.id);
    for (const alert of it.alerts()) {
      this.#homes.delete(alert.id);
      const key = alert.subject.kind === 'app' ? null : alert.subject.accountId;
      if (key !== null) this.#fields.get(key)?.cases.delete(it);
      const family = familyOf(alert);
      if (family !== 'outage' && family !== 'site') gatheringOf(this.#gatherings, alert).cases.delete(it);
    }
  }
}
