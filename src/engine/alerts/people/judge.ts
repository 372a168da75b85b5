/**
 * What people are to hear of one incident at one moment. Pure: it looks at what they were told, at how things stand and at
 * the time, never at what just happened. So a restart, a clock that jumps and an event that comes twice change nothing.
 */
import type { Alert, AlertSeverity, Cause, Incident, NoticeKind } from '../../../shared/alerts.ts';
import type { Instant, Millis } from '../../../shared/model.ts';
import type { PlanMemory, ToldSink } from '../contract.ts';
import { blank, isCovered, rank, upToDate, withAcknowledgement, worstOf } from './remembered.ts';
import type { Routing, Step, Way } from './routes.ts';

/** An extent that changes all the time is news this often at most. */
const UPDATE_EVERY_MS: Millis = 60_000;

export interface Policy {
  readonly routing: Routing;
  /** End of the quiet hours that `now` lies in. */
  readonly quietUntil: (now: Instant) => Instant | null;
  /**
   * We have just started or woken up: what nobody has looked at since waits for one look, until then at most. It may be over,
   * and nobody is called out of bed for that. `null`: no reason to wait.
   */
  readonly lookUntil: Instant | null;
}

/** One incident as it stands. */
export interface Facts {
  readonly incident: Incident;
  /** Those that show. */
  readonly alerts: readonly Alert[];
  readonly now: Instant;
}

export interface Message {
  readonly sink: string;
  readonly kind: NoticeKind;
  readonly holdUntil: Instant | null;
}

export interface Verdict {
  /** `null`: nothing worth remembering. */
  readonly memory: PlanMemory | null;
  /** At most one for each sink. */
  readonly messages: readonly Message[];
  /** Sinks whose held notices are taken back. */
  readonly withdrawn: readonly string[];
  /** The acknowledgement of the incident is over. */
  readonly unacknowledged: boolean;
  /** When time alone changes something. */
  readonly due: Instant | null;
}

/** What the incident is and how far it reaches: what differs from what was told is news. Names are no news. */
export function causeText(cause: Cause): string {
  const { kind, ...rest } = cause;
  return JSON.stringify([kind, ...Object.entries(rest).filter(([key]) => key !== 'name')]);
}

/** `memory` is `null` for an incident that nobody was told of. */
export function judge(facts: Facts, memory: PlanMemory | null, policy: Policy): Verdict {
  const { incident, now } = facts;
  const known = upToDate(memory ?? blank(incident.id, now), now);
  if (incident.phase === 'resolved') return resolved(known, policy.quietUntil(now));
  const hidden = incident.silencedBy.length > 0;
  const firing = hidden || incident.phase !== 'firing' ? [] : facts.alerts.filter(({ phase }) => phase === 'firing');
  const worst = worstOf(firing.map(({ severity }) => severity));
  const followed = withAcknowledgement(known, incident, worst, now);
  const ended = incident.acknowledgement !== null && followed.acknowledged?.over === true;
  const wait = firing.every(({ unseen }) => unseen) ? policy.lookUntil : null;
  const { steps, ...verdict } =
    worst === null || wait !== null
      ? still(hidden ? hush(followed) : { memory: followed, withdrawn: [] })
      : new Round(facts, followed, firing, worst, policy).verdict();
  const next = verdict.memory;
  const idle = memory === null && next.sinks.length === 0 && next.acknowledged === null && !steps;
  return {
    ...verdict,
    memory: idle ? null : next,
    unacknowledged: ended,
    due: soonest([verdict.due, ackEnd(next), worst === null ? null : wait]),
  };
}

/** `steps`: there is something to escalate to. */
type Part = Omit<Verdict, 'unacknowledged' | 'memory'> & { readonly memory: PlanMemory; readonly steps: boolean };

/** Nothing to tell now. */
function still(part: Pick<Part, 'memory' | 'withdrawn'>): Part {
  return { ...part, messages: [], steps: false, due: soonest(part.memory.sinks.map(({ heldUntil }) => heldUntil)) };
}

/** A silence hides it: what is held need not go out, and who knows of it is reminded when it shows again. */
function hush(memory: PlanMemory): Pick<Part, 'memory' | 'withdrawn'> {
  const [sinks, held] = parted(memory.sinks);
  return { memory: { ...memory, sinks, hushed: sinks.length > 0 }, withdrawn: held.map(({ name }) => name) };
}

/** The end, for those who know of it. What is still held is not told at all. */
function resolved(memory: PlanMemory, quietUntil: Instant | null): Verdict {
  const [told, held] = parted(memory.sinks);
  const messages = told.map(({ name, severity }): Message => {
    return { sink: name, kind: 'resolved', holdUntil: severity === 'critical' ? null : quietUntil };
  });
  return {
    memory: blank(memory.incidentId, memory.unattendedSince),
    messages,
    withdrawn: held.map(({ name }) => name),
    unacknowledged: false,
    due: null,
  };
}

/** Those who know, and those whose first notice is held. */
function parted(sinks: readonly ToldSink[]): [known: readonly ToldSink[], held: readonly ToldSink[]] {
  return [sinks.filter(({ heldUntil }) => heldUntil === null), sinks.filter(({ heldUntil }) => heldUntil !== null)];
}

const soonest = (times: readonly (Instant | null)[]): Instant | null =>
  times.reduce((least, time) => (least === null || (time !== null && time < least) ? time : least), null);

const ackEnd = (memory: PlanMemory): Instant | null =>
  isCovered(memory) ? (memory.acknowledged?.until ?? null) : null;

/** One look at an incident that shows and fires. */
class Round {
  readonly #now: Instant;
  readonly #cause: string;
  readonly #memory: PlanMemory;
  readonly #worst: AlertSeverity;
  readonly #covered: boolean;
  /** It got worse than somebody who knows was told. */
  readonly #worse: boolean;
  /** The whole way while nobody takes care; else that of alerts that came after somebody did. */
  readonly #way: Way;
  /** Quiet hours that hold this incident back. */
  readonly #hold: Instant | null;
  readonly #messages: Message[] = [];
  readonly #withdrawn: string[] = [];
  readonly #dues: Instant[] = [];

  constructor(
    { incident, now }: Facts,
    memory: PlanMemory,
    firing: readonly Alert[],
    worst: AlertSeverity,
    policy: Policy,
  ) {
    this.#now = now;
    this.#cause = causeText(incident.cause);
    this.#memory = memory;
    this.#worst = worst;
    this.#covered = isCovered(memory);
    const since = this.#covered ? (memory.acknowledged?.at ?? now) : null;
    this.#way = policy.routing(since === null ? firing : firing.filter(({ firedAt }) => (firedAt ?? now) > since));
    this.#hold = worst === 'critical' ? null : policy.quietUntil(now);
    const told = memory.sinks.filter(({ heldUntil }) => heldUntil === null);
    this.#worse = !this.#covered && this.#hold === null && told.some(({ severity }) => rank(severity) < rank(worst));
  }

  verdict(): Part {
    const before = this.#memory;
    const steps = this.#stepsTaken();
    const sinks = before.sinks.map((sink) => (sink.heldUntil === null ? this.#again(sink, steps) : this.#held(sink)));
    const known = new Set(sinks.map(({ name }) => name));
    for (const name of this.#way.to) if (!known.has(name)) sinks.push(this.#open(name, 'firing'));
    for (const name of new Set(steps.flatMap(({ to }) => to))) {
      if (!sinks.some((sink) => sink.name === name)) sinks.push(this.#open(name, 'escalation'));
    }
    const memory: PlanMemory = {
      ...before,
      sinks,
      unattendedSince: this.#worse ? this.#now : before.unattendedSince,
      escalated: [...before.escalated, ...steps.map(({ key }) => key)],
      hushed: before.hushed && !this.#covered && this.#hold !== null,
    };
    return {
      memory,
      messages: this.#messages,
      withdrawn: this.#withdrawn,
      due: soonest([...this.#dues, this.#nextStep(memory)]),
      steps: this.#way.steps.length > 0,
    };
  }

  /** Steps whose time has come and nobody took care. What got worse waits anew; quiet hours put them off. */
  #stepsTaken(): readonly Step[] {
    if (this.#covered || this.#worse || this.#hold !== null) return [];
    return this.#untaken(this.#memory).filter((step) => this.#timeOf(step, this.#memory) <= this.#now);
  }

  /** So long after its sinks were told, and after somebody stopped taking care. */
  #timeOf({ afterMs, of }: Step, { sinks, unattendedSince }: PlanMemory): Instant {
    const told = of.map((name) => sinks.find((sink) => sink.name === name)?.since ?? this.#now);
    const since = told.length === 0 ? unattendedSince : Math.max(unattendedSince, Math.min(...told));
    return since + afterMs;
  }

  #untaken({ escalated }: PlanMemory): readonly Step[] {
    return this.#way.steps.filter(({ key }) => !escalated.includes(key));
  }

  #nextStep(memory: PlanMemory): Instant | null {
    const times = this.#covered ? [] : this.#untaken(memory).map((step) => this.#later(this.#timeOf(step, memory)));
    return soonest(times);
  }

  /** Not before the quiet hours end. */
  #later(time: Instant): Instant {
    return Math.max(time, this.#hold ?? time);
  }

  /** The first notice for a sink. */
  #open(name: string, kind: 'firing' | 'escalation'): ToldSink {
    const now = this.#now;
    this.#messages.push({ sink: name, kind, holdUntil: this.#hold });
    const at = this.#hold ?? now;
    const told = { name, since: at, severity: this.#worst, cause: this.#cause, toldAt: now, pagedAt: at };
    return this.#planned({ ...told, heldUntil: this.#hold });
  }

  /** The first notice is still held: it goes at once when it became critical, and tells the newest extent when it goes. */
  #held(sink: ToldSink): ToldSink {
    const asPlanned = sink.heldUntil === this.#hold;
    const news = sink.cause !== this.#cause || sink.severity !== this.#worst;
    const ripe = this.#now - sink.toldAt >= UPDATE_EVERY_MS;
    if (!asPlanned || (news && ripe)) {
      this.#withdrawn.push(sink.name);
      return this.#open(sink.name, 'firing');
    }
    if (news) this.#dues.push(sink.toldAt + UPDATE_EVERY_MS);
    return this.#planned(sink);
  }

  /** A sink that knows: worse, escalated, reminded, news, or nothing. */
  #again(sink: ToldSink, steps: readonly Step[]): ToldSink {
    const now = this.#now;
    const kind = this.#kindFor(sink, steps);
    if (kind === null) return this.#planned(sink);
    this.#messages.push({ sink: sink.name, kind, holdUntil: null });
    const severity = rank(this.#worst) > rank(sink.severity) ? this.#worst : sink.severity;
    const told: ToldSink = { ...sink, severity, cause: this.#cause, toldAt: now };
    return this.#planned(kind === 'update' ? told : { ...told, pagedAt: now });
  }

  #kindFor(sink: ToldSink, steps: readonly Step[]): NoticeKind | null {
    const news = sink.cause !== this.#cause && this.#now - sink.toldAt >= UPDATE_EVERY_MS;
    if (this.#hold !== null) return null;
    if (this.#covered) return news ? 'update' : null;
    if (rank(this.#worst) > rank(sink.severity)) return 'worse';
    if (steps.some(({ to }) => to.includes(sink.name))) return 'escalation';
    const every = this.#way.remind.get(sink.name);
    if (this.#memory.hushed || (every !== undefined && this.#now - sink.pagedAt >= every)) return 'reminder';
    return news ? 'update' : null;
  }

  /** Notes when this sink has to be thought of again. */
  #planned(sink: ToldSink): ToldSink {
    const every = this.#way.remind.get(sink.name);
    const waiting = rank(this.#worst) > rank(sink.severity) || this.#memory.hushed;
    if (sink.heldUntil !== null) this.#dues.push(sink.heldUntil);
    else {
      if (sink.cause !== this.#cause) this.#dues.push(this.#later(sink.toldAt + UPDATE_EVERY_MS));
      if (every !== undefined && !this.#covered) this.#dues.push(this.#later(sink.pagedAt + every));
      if (waiting && !this.#covered && this.#hold !== null) this.#dues.push(this.#hold);
    }
    return sink;
  }
}
