/** Turns incidents into notices: asks `judge` for each that changed or whose time has come, and remembers what was told. */
import type { Alert, Incident, IncidentStep, NoticeKind } from '../../../shared/alerts.ts';
import type { Instant, Millis } from '../../../shared/model.ts';
import type { AlertConfig, Moment, Notice, PlanMemory, Planned, Planner, PlanOutcome, Withdrawn } from '../contract.ts';
import { judge, type Message, type Policy } from './judge.ts';
import { routing } from './routes.ts';
import { calendarOf } from './week-time.ts';

type MakeNotice = (incident: Incident, alerts: readonly Alert[], kind: NoticeKind, at: Moment) => Notice;
/** After a start or a sleep the first answers come within this time, if they come at all. */
const FIRST_LOOK_MS: Millis = 120_000;
/** We are asked every few seconds: a longer silence, or wall time that ran so far ahead, was a sleep. */
const SLEPT_MS: Millis = 60_000;

type AlertsOf = (id: string) => readonly Alert[];

/** What a pager does by itself is a line in the timeline of the incident. */
const STEPS: Readonly<Partial<Record<NoticeKind, IncidentStep['what']>>> = {
  reminder: 'reminded',
  escalation: 'escalated',
};

/** `memories` are those of the store; `notice` puts the words together. */
export function createPlanner(config: AlertConfig, memories: readonly PlanMemory[], notice: MakeNotice): Planner {
  const quiet = calendarOf(config.quietHours);
  return new RememberingPlanner(
    { routing: routing(config.routes), quietUntil: (now) => quiet.current(now)?.to ?? null },
    memories,
    notice,
  );
}

/** Grows while incidents are looked at. */
interface Outcome {
  readonly planned: Planned[];
  readonly withdrawn: Withdrawn[];
  readonly memories: PlanMemory[];
  readonly steps: { readonly incidentId: string; readonly step: IncidentStep }[];
  readonly unacknowledged: string[];
}

class RememberingPlanner implements Planner {
  readonly #policy: Omit<Policy, 'lookUntil'>;
  readonly #memories: Map<string, PlanMemory>;
  readonly #notice: MakeNotice;
  /** When time alone changes something about an incident that was looked at; `null`: never. */
  readonly #dues = new Map<string, Instant | null>();
  #last: Moment | null = null;
  /** Monotonic: until then what nobody has looked at since the start or a sleep waits for one look. */
  #lookUntil: Millis = 0;

  constructor(policy: Omit<Policy, 'lookUntil'>, memories: readonly PlanMemory[], notice: MakeNotice) {
    this.#policy = policy;
    this.#memories = new Map(memories.map((memory) => [memory.incidentId, memory]));
    this.#notice = notice;
  }

  plan(changes: Parameters<Planner['plan']>[0], at: Moment, alertsOf: AlertsOf): PlanOutcome {
    this.#follow(at);
    const newest = new Map(changes.map(({ incident }) => [incident.id, incident]));
    return this.#look([...newest.values()], at, alertsOf);
  }

  tick(at: Moment, open: readonly Incident[], alertsOf: AlertsOf): PlanOutcome {
    this.#follow(at);
    return this.#look(
      open.filter(({ id }) => this.#dueOf(id, at.now) <= at.now),
      at,
      alertsOf,
    );
  }

  due(open: readonly Incident[], at: Moment): Instant | null {
    this.#follow(at);
    const { now } = at;
    const due = open.reduce((least, { id }) => Math.min(least, this.#dueOf(id, now)), Number.POSITIVE_INFINITY);
    return due === Number.POSITIVE_INFINITY ? null : due;
  }

  /** After a restart nothing was looked at yet: it is due. */
  #dueOf(id: string, now: Instant): Instant {
    const due = this.#dues.get(id);
    return due === undefined ? now : (due ?? Number.POSITIVE_INFINITY);
  }

  /** A clock that was set back makes all that was reckoned from it void. */
  #follow(at: Moment): void {
    const last = this.#last;
    this.#last = at;
    if (last !== null && at.now < last.now) this.#dues.clear();
    const slept = last === null || Math.max(at.now - last.now, at.mono - last.mono) > SLEPT_MS;
    if (slept) this.#lookUntil = at.mono + FIRST_LOOK_MS;
  }

  #policyAt({ now, mono }: Moment): Policy {
    const left = this.#lookUntil - mono;
    return { ...this.#policy, lookUntil: left > 0 ? now + left : null };
  }

  #look(incidents: readonly Incident[], at: Moment, alertsOf: AlertsOf): PlanOutcome {
    const out: Outcome = { planned: [], withdrawn: [], memories: [], steps: [], unacknowledged: [] };
    for (const incident of incidents) this.#lookAt(incident, at, alertsOf(incident.id), out);
    return out;
  }

  #lookAt(incident: Incident, at: Moment, alerts: readonly Alert[], out: Outcome): void {
    const { id } = incident;
    const memory = this.#memories.get(id) ?? null;
    const verdict = judge({ incident, alerts, now: at.now }, memory, this.#policyAt(at));
    out.planned.push(...this.#write(verdict.messages, incident, alerts, at));
    out.withdrawn.push(...verdict.withdrawn.map((sink) => ({ incidentId: id, sink })));
    out.steps.push(...stepsOf(verdict.messages, at.now).map((step) => ({ incidentId: id, step })));
    if (verdict.unacknowledged) out.unacknowledged.push(id);
    this.#remember(incident, memory, verdict.memory, out);
    if (incident.phase === 'resolved') this.#dues.delete(id);
    else this.#dues.set(id, verdict.due);
  }

  /** The same notice for every sink that hears of it in the same way. */
  #write(messages: readonly Message[], incident: Incident, alerts: readonly Alert[], at: Moment): readonly Planned[] {
    const notices = new Map<NoticeKind, Notice>();
    return messages.map(({ sink, kind, holdUntil }) => {
      const notice = notices.get(kind) ?? this.#notice(incident, alerts, kind, at);
      notices.set(kind, notice);
      return { sink, notice, holdUntil };
    });
  }

  /** Only what differs is worth a write. */
  #remember({ id, phase }: Incident, before: PlanMemory | null, after: PlanMemory | null, out: Outcome): void {
    if (phase === 'resolved') this.#memories.delete(id);
    else if (after !== null) this.#memories.set(id, after);
    const nothing = before === null && phase === 'resolved';
    if (after !== null && !nothing && JSON.stringify(before) !== JSON.stringify(after)) out.memories.push(after);
  }
}

function stepsOf(messages: readonly Message[], at: Instant): readonly IncidentStep[] {
  return [...new Set(messages.map(({ kind }) => kind))].flatMap((kind) => {
    const what = STEPS[kind];
    if (what === undefined) return [];
    const sinks = messages.filter((message) => message.kind === kind).map(({ sink }) => sink);
    return [{ at, what, by: null, note: sinks.join(', ') }];
  });
}
