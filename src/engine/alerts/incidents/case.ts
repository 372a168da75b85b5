/** An incident in the making: its alerts, what it remembers, and the snapshot that others see. */
import type {
  Acknowledgement,
  Alert,
  AlertPhase,
  AlertSeverity,
  Cause,
  DeliveryState,
  Incident,
  PriorChange,
} from '../../../shared/alerts.ts';
import { ALERT_RULES, ALERT_SEVERITIES } from '../../../shared/alerts.ts';
import type { AccountId, Instant, Millis, TunnelKey } from '../../../shared/model.ts';
import type { Moment, SilencedBy } from '../contract.ts';
import { hiddenTogether } from '../hidden.ts';
import { isOpen, slotOf } from './families.ts';
import { newerChange } from './prior-changes.ts';

const PHASES: readonly AlertPhase[] = ['firing', 'recovering', 'pending', 'resolved'];
const RANK = new Map(ALERT_RULES.map((rule, rank) => [rule, rank]));
const rankOf = (alert: Alert): number => RANK.get(alert.rule) ?? ALERT_RULES.length;
const gravity = (severity: AlertSeverity): number => ALERT_SEVERITIES.indexOf(severity);

/** Is `a` the graver of the two? */
export function isGraver(a: AlertSeverity, b: AlertSeverity): boolean {
  return gravity(a) > gravity(b);
}

/** The worst first: by phase, severity, rule, beginning; by id between equals, so that the order never depends on luck. */
export function worstFirst(a: Alert, b: Alert): number {
  return (
    PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) ||
    gravity(b.severity) - gravity(a.severity) ||
    rankOf(a) - rankOf(b) ||
    a.since - b.since ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** How far it extends now: failing tunnels, accounts, or one. */
export function extentOf({ cause, tunnels }: Incident): number {
  if (cause.kind === 'blind') return cause.accountIds.length;
  return 'extent' in cause ? cause.extent.failing : tunnels;
}

/** What one pass over the alerts tells. */
interface Look {
  readonly counts: Record<AlertPhase, number>;
  readonly tunnels: Set<TunnelKey>;
  readonly accounts: Set<AccountId>;
  readonly lead: Alert;
  readonly worst: AlertSeverity | null;
  readonly returns: number;
}

/** One cause with its alerts. Everything is told through `snapshot`. */
export class Case {
  readonly id: string;
  readonly number: number;
  cause: Cause;
  /** Earliest and latest beginning among its alerts, monotonic: what may join is measured by them. */
  first: Millis;
  last: Millis;
  readonly openedMono: Millis;
  /** Every tunnel that was ever in it: what comes back belongs here. */
  readonly tunnels = new Set<TunnelKey>();
  /** As others saw it last; `null` before they did. */
  incident: Incident | null = null;
  mergedInto: string | null = null;
  acknowledgement: Acknowledgement | null = null;
  /** The newest change shortly before, of any of its tunnels, and which of them were changed. */
  #priorChange: PriorChange | null = null;
  readonly #changed = new Set<TunnelKey>();
  /** The change was told before a restart; which tunnels were changed is not known any more. */
  #carriedChange = false;
  fresh = true;
  delivery: DeliveryState = 'none';
  /** Most failing tunnels (or alerts) so far. */
  widest = 0;
  readonly #alerts = new Map<string, Alert>();
  readonly #slots = new Map<string, string>();
  #openedAt: Instant;
  #since: Instant;
  #exact = true;
  #peak: AlertSeverity;
  #severity: AlertSeverity;
  #returns = 0;
  #lead: Alert;

  constructor(number: number, cause: Cause, opener: Alert, onset: Millis, at: Moment) {
    this.number = number;
    this.id = `i-${number}`;
    this.cause = cause;
    this.first = onset;
    this.last = onset;
    this.openedMono = at.mono;
    this.#openedAt = at.now;
    this.#since = opener.since;
    this.#exact = opener.exact;
    this.#severity = opener.severity;
    this.#peak = opener.severity;
    this.#lead = opener;
  }

  /** An incident as it was before a restart. */
  static restored(incident: Incident, alerts: readonly Alert[], at: Moment): Case {
    const drift = at.mono - at.now;
    const opened: Moment = { now: incident.openedAt, mono: incident.openedAt + drift };
    const it = new Case(Number(incident.id.slice(2)), incident.cause, incident.lead, incident.since + drift, opened);
    it.#since = incident.since;
    it.#exact = incident.exact;
    it.#severity = incident.severity;
    it.#peak = incident.severity;
    it.acknowledgement = incident.acknowledgement;
    it.#priorChange = incident.priorChange;
    it.#carriedChange = incident.priorChange !== null;
    it.fresh = incident.fresh;
    it.delivery = incident.delivery;
    it.widest = extentOf(incident);
    it.incident = incident;
    for (const alert of alerts) it.put(alert, alert.since + drift);
    it.#returns += Math.max(0, incident.returns - alerts.reduce((sum, { returns }) => sum + returns, 0));
    return it;
  }

  /** Takes an alert in, or its next state. */
  put(alert: Alert, onset: Millis | null = null): void {
    const slot = slotOf(alert);
    const before = this.#slots.get(slot);
    if (before !== undefined && before !== alert.id) {
      const old = this.#alerts.get(before);
      if (old !== undefined && !isOpen(old)) {
        // The same trouble once more: the newest occurrence stands for all of them.
        this.#alerts.delete(before);
        this.#returns += old.returns + 1;
      }
    }
    this.#slots.set(slot, alert.id);
    this.#alerts.set(alert.id, alert);
    if (alert.subject.kind === 'tunnel') this.tunnels.add(alert.subject.key);
    if (alert.since < this.#since) {
      this.#since = alert.since;
      this.#exact = alert.exact;
    }
    if (onset !== null) {
      this.first = Math.min(this.first, onset);
      this.last = Math.max(this.last, onset);
    }
  }

  drop(alert: Alert): void {
    this.#alerts.delete(alert.id);
    if (this.#slots.get(slotOf(alert)) === alert.id) this.#slots.delete(slotOf(alert));
  }

  /** Was this rule about this subject in it before? */
  knows(alert: Alert): boolean {
    return this.#slots.has(slotOf(alert));
  }

  alerts(): Iterable<Alert> {
    return this.#alerts.values();
  }

  sorted(): readonly Alert[] {
    return [...this.#alerts.values()].sort(worstFirst);
  }

  /** One of its tunnels was changed shortly before it failed. */
  noteChange(change: PriorChange | null): void {
    if (change === null) return;
    this.#changed.add(change.key);
    this.#priorChange = newerChange(this.#priorChange, change);
  }

  /** A change of one tunnel explains no outage of ten: half of them have to have been changed. */
  #explains(): boolean {
    return this.#carriedChange || this.#changed.size * 2 >= this.tunnels.size;
  }

  /** Everything of a younger case comes here. */
  absorb(younger: Case): void {
    for (const alert of younger.alerts()) this.put(alert);
    for (const key of younger.tunnels) this.tunnels.add(key);
    this.first = Math.min(this.first, younger.first);
    this.last = Math.max(this.last, younger.last);
    if (isGraver(younger.#peak, this.#peak)) this.#peak = younger.#peak;
    this.#priorChange = newerChange(this.#priorChange, younger.#priorChange);
    for (const key of younger.#changed) this.#changed.add(key);
    younger.mergedInto = this.id;
    younger.#alerts.clear();
    younger.#slots.clear();
  }

  /** It was given until a time, and that has come. */
  isAcknowledgementOver({ now }: Moment): boolean {
    const until = this.acknowledgement?.until ?? null;
    return until !== null && now >= until;
  }

  /** The incident as it is now. `silenced` is asked about firing alerts; `null` leaves what hides it as it was. */
  snapshot(at: Moment, silenced: SilencedBy | null): Incident {
    const look = this.#look();
    const { counts } = look;
    const phase = counts.firing > 0 ? 'firing' : counts.recovering + counts.pending > 0 ? 'recovering' : 'resolved';
    if (look.worst !== null) this.#severity = look.worst;
    if (isGraver(this.#severity, this.#peak)) this.#peak = this.#severity;
    this.#lead = look.lead;
    const { incident } = this;
    const accountIds = look.accounts.size > 0 ? [...look.accounts] : (incident?.accountIds ?? []);
    return {
      id: this.id,
      cause: this.cause,
      severity: phase === 'resolved' ? this.#peak : this.#severity,
      phase,
      since: this.#since,
      exact: this.#exact,
      openedAt: this.#openedAt,
      changedAt: incident?.changedAt ?? at.now,
      resolvedAt: phase === 'resolved' ? (incident?.resolvedAt ?? at.now) : null,
      rules: this.#rules(),
      accountIds,
      counts,
      tunnels: look.tunnels.size,
      lead: look.lead,
      priorChange: this.#explains() ? this.#priorChange : null,
      returns: look.returns,
      acknowledgement: this.acknowledgement,
      silencedBy: silenced === null ? (incident?.silencedBy ?? []) : this.#hiddenBy(phase, silenced),
      fresh: this.fresh,
      delivery: this.delivery,
      ...(this.mergedInto === null ? {} : { mergedInto: this.mergedInto }),
    };
  }

  #look(): Look {
    const counts: Record<AlertPhase, number> = { pending: 0, firing: 0, recovering: 0, resolved: 0 };
    const tunnels = new Set<TunnelKey>();
    const accounts = new Set<AccountId>();
    let lead: Alert | null = null;
    let worst: AlertSeverity | null = null;
    let returns = this.#returns;
    for (const alert of this.#alerts.values()) {
      const { phase, subject, severity } = alert;
      counts[phase] += 1;
      returns += alert.returns;
      if (isOpen(alert) && subject.kind === 'tunnel') tunnels.add(subject.key);
      if (subject.kind !== 'app') accounts.add(subject.accountId);
      if (phase === 'firing' && (worst === null || isGraver(severity, worst))) worst = severity;
      if (lead === null || worstFirst(alert, lead) < 0) lead = alert;
    }
    return { counts, tunnels, accounts, lead: lead ?? this.#lead, worst, returns };
  }

  /** Of alerts that fire or recover; of all that fired when none does any more. Pending ones are not said yet. */
  #rules(): Incident['rules'] {
    const live = new Set<Alert['rule']>();
    const ever = new Set<Alert['rule']>();
    for (const { rule, phase, firedAt } of this.#alerts.values()) {
      if (phase === 'firing' || phase === 'recovering') live.add(rule);
      if (firedAt !== null) ever.add(rule);
    }
    const told = live.size > 0 ? live : ever;
    return told.size > 0 ? ALERT_RULES.filter((rule) => told.has(rule)) : (this.incident?.rules ?? [this.#lead.rule]);
  }

  /** What hides it: all that hides any firing alert, provided that each of them is hidden. Once it is over, as it was. */
  #hiddenBy(phase: Incident['phase'], silenced: SilencedBy): readonly string[] {
    if (phase === 'resolved') return this.incident?.silencedBy ?? [];
    const wanted: AlertPhase = phase === 'firing' ? 'firing' : 'recovering';
    const ids = new Set<string>();
    const hiders = hiddenTogether(this.#alerts.values(), silenced);
    for (const alert of this.#alerts.values()) {
      if (alert.phase !== wanted) continue;
      const hidden = hiders(alert);
      if (hidden.length === 0) return [];
      for (const id of hidden) ids.add(id);
    }
    return [...ids].sort();
  }
}
