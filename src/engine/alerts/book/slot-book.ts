/**
 * Open alerts, and how a judgement moves one of them. Every change is written down until somebody takes it.
 */
import type { Alert, AlertPhase, AlertRule, Subject } from '../../../shared/alerts.ts';
import type { Millis } from '../../../shared/model.ts';
import type { AlertChange, AlertConfig, Moment } from '../contract.ts';
import { OUTAGES, ruleSpec } from '../rules/catalogue.ts';
import type { Judgement, JudgingRule } from '../rules/rule.ts';
import { SettingsBook } from '../rules/settings.ts';
import { Echoes, holdOf } from './echoes.ts';
import { type Marks, NO_MARKS, step } from './life.ts';
import { subjectId } from './subject-book.ts';

/** One open alert with what its life needs. */
export interface Slot {
  readonly spec: JudgingRule;
  alert: Alert;
  marks: Marks;
  /** How often an alert of this kind had been told shortly before: each doubles the time of recovery. */
  readonly level: number;
  /** Followed for the sake of its site alone: the settings want to hear nothing of it. */
  readonly muted: boolean;
  /** When its facts were last told (monotonic). */
  factsAt: Millis;
  /** What happened is no longer news then (monotonic); `null` for rules that are not about events. */
  endsAt: Millis | null;
}

/** A look at a subject, as the life of its alerts needs it. */
export interface LookAt {
  /** Monotonic time of the answer, or the present; `null`: there is none to believe. */
  readonly at: Millis | null;
  readonly gapMs: Millis;
  /** The tunnel flaps, and people know. */
  readonly flapping: boolean;
}

/** Facts alone are told again after this time at the earliest: figures move with every answer. */
const FACTS_MS: Millis = 5 * 60_000;
/** While a tunnel is known to flap its outage must last this long to be one. */
const FLAP_PENDING_MS: Millis = 5 * 60_000;
/** Samples a minute apart come a little early or late: what must last longer must do so by half of one. */
const LATE_MS: Millis = 30_000;

const NEW_PHASE: AlertPhase = 'pending';

export class SlotBook {
  readonly #settings: SettingsBook;
  readonly #echoes = new Echoes();
  readonly #bySubject = new Map<string, Map<AlertRule, Slot>>();
  /** Firing ones whose severity depends on the other tunnels of the site. */
  readonly #outages = new Set<Slot>();
  /** Those that the next answer or the passing of time may move: all but steady ones. */
  readonly #moving = new Set<Slot>();
  #changes: AlertChange[] = [];
  /** Told of each tunnel whose death was confirmed or is in doubt again. */
  readonly #onDeath: (slot: Slot) => void;

  constructor(config: AlertConfig, restored: readonly Alert[], onDeath: (slot: Slot) => void) {
    this.#settings = new SettingsBook(config);
    this.#onDeath = onDeath;
    for (const alert of restored) {
      if (alert.phase === 'resolved') continue;
      const spec = ruleSpec(alert.rule);
      this.#keep({ spec, alert, marks: NO_MARKS, level: 0, muted: false, factsAt: 0, endsAt: null });
    }
  }

  get(id: string, rule: AlertRule): Slot | undefined {
    return this.#bySubject.get(id)?.get(rule);
  }

  /** Copies, so that the caller may settle them one by one. */
  of(id: string): readonly Slot[] {
    return [...(this.#bySubject.get(id)?.values() ?? [])];
  }

  moving(): readonly Slot[] {
    return [...this.#moving];
  }

  *all(): IterableIterator<Slot> {
    for (const rules of this.#bySubject.values()) yield* rules.values();
  }

  outages(): ReadonlySet<Slot> {
    return this.#outages;
  }

  take(): readonly AlertChange[] {
    const taken = this.#changes;
    this.#changes = [];
    return taken;
  }

  /** What was in a row is no longer: nobody knows what was between two looks. Firing alerts stay. */
  breakRows(): void {
    for (const slot of this.#moving) slot.marks = NO_MARKS;
  }

  /** One judgement about one subject. Returns the open alert, if there is one now. */
  settle(spec: JudgingRule, subject: Subject, judgement: Judgement, look: LookAt, moment: Moment): Slot | undefined {
    const id = subjectId(subject);
    const found = this.get(id, spec.id);
    if (found === undefined && judgement.is !== 'present') return undefined;
    const { enabled } = this.#settings.of(spec, subject);
    // Other settings hold for it now: whatever is open was opened under the old ones.
    const outdated = found !== undefined && found.muted === enabled;
    if (outdated) this.close(found, moment, 'rule');
    const known = outdated ? undefined : found;
    if (known === undefined && (judgement.is !== 'present' || look.at === null)) return undefined;
    if (!enabled && !(spec.scope === 'tunnel' && spec.fatal)) return undefined;
    const slot = known ?? this.#open(spec, subject, judgement, !enabled, moment);
    this.#move(slot, known === undefined, subject, look.at === null ? { is: 'unknown' } : judgement, look, moment);
    return slot.alert.phase === 'resolved' ? undefined : slot;
  }

  /** Ends an alert whose time is over, or that nobody can follow any more because of what `gone` names: fact `ended`. */
  close(slot: Slot, moment: Moment, gone: 'account' | 'tunnel' | 'rule' | null = null): void {
    const facts = gone === null ? slot.alert.facts : { ...slot.alert.facts, ended: gone };
    this.#put(slot, { ...slot.alert, phase: 'resolved', resolvedAt: moment.now, unseen: false, facts }, moment);
  }

  #open(spec: JudgingRule, subject: Subject, judgement: Judgement, muted: boolean, moment: Moment): Slot {
    const present = judgement.is === 'present' ? judgement : { since: moment.now, exact: false, facts: {} };
    const id = subjectId(subject);
    const echo = this.#echoes.of(`${spec.id}@${id}`, moment.mono);
    // What ended and is there again began anew, whatever the lane says.
    const since = echo !== null && present.since <= echo.resolvedAt ? moment.now : present.since;
    const alert: Alert = {
      id: `${spec.id}@${id}@${since}`,
      rule: spec.id,
      severity: this.#severity(spec, subject, judgement),
      phase: NEW_PHASE,
      subject,
      since,
      exact: present.exact && since === present.since,
      firedAt: null,
      resolvedAt: null,
      returns: 0,
      unseen: false,
      facts: present.facts,
    };
    const level = echo === null ? 0 : echo.level + 1;
    const slot: Slot = { spec, alert, marks: NO_MARKS, level, muted, factsAt: moment.mono, endsAt: null };
    this.#keep(slot);
    if (!muted) this.#changes.push({ alert, was: null });
    return slot;
  }

  #move(slot: Slot, fresh: boolean, subject: Subject, judgement: Judgement, look: LookAt, moment: Moment): void {
    const { spec, alert } = slot;
    const next = step(alert.phase, slot.marks, judgement.is, look.at ?? 0, this.#limits(slot, subject, look));
    slot.marks = next.marks;
    const { phase } = next;
    const told = judgement.is === 'present' && phase !== 'resolved';
    const recovers = phase === 'recovering' || phase === 'resolved';
    this.#put(
      slot,
      {
        ...alert,
        phase,
        subject: sameSubject(alert.subject, subject) ? alert.subject : subject,
        severity: told && !recovers ? this.#severity(spec, subject, judgement) : alert.severity,
        firedAt: phase === 'firing' ? (alert.firedAt ?? moment.now) : alert.firedAt,
        resolvedAt: phase === 'resolved' ? moment.now : null,
        returns: alert.returns + (alert.phase === 'recovering' && phase === 'firing' ? 1 : 0),
        unseen: judgement.is === 'unknown',
        facts: told && !fresh ? this.#facts(slot, judgement, phase, moment) : alert.facts,
      },
      moment,
    );
  }

  #limits(slot: Slot, subject: Subject, look: LookAt): Parameters<typeof step>[4] {
    const { spec, alert, level } = slot;
    const { pendingMs, recoverMs } = this.#settings.of(spec, subject);
    const tunnel = spec.scope === 'tunnel' ? spec : null;
    const flaps = look.flapping && tunnel?.fatal === true;
    const late = spec.measure === 'health' ? Math.min(LATE_MS, pendingMs / 6) : 0;
    return {
      pendingMs: flaps ? Math.max(pendingMs, FLAP_PENDING_MS) : pendingMs,
      recoverMs: holdOf(recoverMs, level + alert.returns, flaps),
      slackMs: tunnel?.longer === true ? late : null,
      confirmed: (tunnel === null || tunnel.confirmed) && pendingMs === 0,
      gapMs: look.gapMs,
    };
  }

  #severity(spec: JudgingRule, subject: Subject, judgement: Judgement): Alert['severity'] {
    const own = judgement.is === 'present' ? judgement.severity : undefined;
    return this.#settings.of(spec, subject).severity ?? own ?? 'warning';
  }

  #facts(slot: Slot, judgement: Judgement, phase: AlertPhase, { mono }: Moment): Alert['facts'] {
    const { alert, spec, factsAt } = slot;
    if (judgement.is !== 'present' || sameFacts(alert.facts, judgement.facts)) return alert.facts;
    const waits = phase === alert.phase && spec.scope !== 'event' && mono - factsAt < FACTS_MS;
    return waits && phase !== 'pending' ? alert.facts : judgement.facts;
  }

  #put(slot: Slot, alert: Alert, moment: Moment): void {
    const was = slot.alert;
    const moved = was.phase !== alert.phase;
    if (was.facts !== alert.facts) slot.factsAt = moment.mono;
    const changed =
      moved ||
      was.severity !== alert.severity ||
      was.unseen !== alert.unseen ||
      was.subject !== alert.subject ||
      was.facts !== alert.facts;
    if (!changed) return;
    slot.alert = alert;
    if (!slot.muted) this.#changes.push({ alert, was: was.phase });
    if (alert.phase === 'resolved') this.#drop(slot, moment);
    else this.#track(slot);
    if (moved && slot.spec.scope === 'tunnel' && slot.spec.fatal) this.#onDeath(slot);
  }

  #keep(slot: Slot): void {
    const id = subjectId(slot.alert.subject);
    const rules = this.#bySubject.get(id) ?? new Map<AlertRule, Slot>();
    rules.set(slot.alert.rule, slot);
    this.#bySubject.set(id, rules);
    this.#track(slot);
  }

  /** Firing alerts of tunnels and sites move when those are touched; counts over a window and the others also by time. */
  #track(slot: Slot): void {
    const { spec, alert } = slot;
    if (alert.phase === 'firing' && OUTAGES.has(alert.rule)) this.#outages.add(slot);
    else this.#outages.delete(slot);
    const still = spec.scope === 'site' || (spec.scope === 'tunnel' && !spec.confirmed);
    const steady = alert.phase === 'firing' && still;
    if (steady || alert.phase === 'resolved') this.#moving.delete(slot);
    else this.#moving.add(slot);
  }

  #drop(slot: Slot, { mono }: Moment): void {
    const { alert, level } = slot;
    const id = subjectId(alert.subject);
    const rules = this.#bySubject.get(id);
    rules?.delete(alert.rule);
    if (rules?.size === 0) this.#bySubject.delete(id);
    this.#moving.delete(slot);
    this.#outages.delete(slot);
    if (alert.firedAt === null || alert.resolvedAt === null) return;
    this.#echoes.add(`${alert.rule}@${id}`, { level: level + alert.returns, resolvedAt: alert.resolvedAt, mono });
  }
}

function sameFacts(a: Alert['facts'], b: Alert['facts']): boolean {
  const names = Object.keys(b);
  return names.length === Object.keys(a).length && names.every((name) => a[name] === b[name]);
}

function sameSubject(a: Subject, b: Subject): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
