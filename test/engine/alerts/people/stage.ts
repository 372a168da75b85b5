/** A small stage for the planner: incidents as a test wants them, sinks that write down what reaches them, time by hand. */

import type {
  AlertConfig,
  Notice,
  PlanMemory,
  Planner,
  PlanOutcome,
  Route,
} from '../../../../src/engine/alerts/contract.ts';
import { createPlanner } from '../../../../src/engine/alerts/people/planner.ts';
import type { Acknowledgement, Alert, AlertSeverity, Cause, Incident } from '../../../../src/shared/alerts.ts';
import type { AccountId, Instant, TunnelKey } from '../../../../src/shared/model.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday, midnight UTC. */
export const MONDAY = Date.UTC(2026, 5, 1);
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Tue 14:05` of the first week. */
export function at(text: string): Instant {
  const [day = '', hours = 0, minutes = 0] = text.split(/[ :]/).map((part, i) => (i === 0 ? part : Number(part)));
  return MONDAY + DAYS.indexOf(String(day)) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE;
}

/** The other way round; days of later weeks are told as such. */
export function clockText(time: Instant): string {
  const days = Math.floor((time - MONDAY) / DAY);
  const rest = new Date(time).toISOString().slice(11, 16);
  return `${DAYS[((days % 7) + 7) % 7]}${days > 6 ? `+${Math.floor(days / 7)}` : ''} ${rest}`;
}

export function config(part: Partial<AlertConfig> = {}): AlertConfig {
  return { rules: [], tags: [], routes: [], maintenance: [], quietHours: [], zone: 'UTC', link: null, ...part };
}

export function route(part: Partial<Route>): Route {
  return { matchers: [], to: [], escalate: [], remindMs: null, onward: false, ...part };
}

const ACCOUNT = 'acc' as AccountId;

export function alert(part: Partial<Alert> & { readonly tunnel?: string; readonly site?: string } = {}): Alert {
  const { tunnel = 'ams1-a', site = 'ams1', ...rest } = part;
  return {
    id: `bgp-down@${tunnel}`,
    rule: 'bgp-down',
    severity: 'critical',
    phase: 'firing',
    subject: {
      kind: 'tunnel',
      accountId: ACCOUNT,
      account: 'Example',
      key: tunnel as TunnelKey,
      name: tunnel,
      site,
      cloudflareEndpoint: '203.0.113.1',
      customerEndpoint: '198.51.100.1',
      tags: [],
    },
    since: MONDAY,
    exact: true,
    firedAt: MONDAY,
    resolvedAt: null,
    returns: 0,
    unseen: false,
    facts: {},
    ...rest,
  };
}

/** So many of twelve tunnels to one address of Cloudflare. */
export function extent(failing: number): Cause {
  return {
    kind: 'cloudflare-endpoint',
    accountId: ACCOUNT,
    address: '203.0.113.1',
    extent: { failing, of: 12 },
    others: { failing: 0, of: 30 },
  };
}

export function incident(id: string, alerts: readonly Alert[], part: Partial<Incident> = {}): Incident {
  const lead = alerts[0] ?? alert();
  return {
    id,
    cause: { kind: 'tunnel', accountId: ACCOUNT, key: 'ams1-a' as TunnelKey, name: 'ams1-a' },
    severity: lead.severity,
    phase: 'firing',
    since: MONDAY,
    exact: true,
    openedAt: MONDAY,
    changedAt: MONDAY,
    resolvedAt: null,
    rules: ['bgp-down'],
    accountIds: [ACCOUNT],
    counts: { pending: 0, firing: alerts.length, recovering: 0, resolved: 0 },
    tunnels: 1,
    lead,
    priorChange: null,
    returns: 0,
    acknowledgement: null,
    silencedBy: [],
    fresh: true,
    delivery: 'none',
    ...part,
  };
}

export const ack = (time: Instant, until: Instant | null = null): Acknowledgement => {
  return { by: 'Ada', at: time, comment: 'on it', until };
};

/** One message that reached a receiver. */
export interface Heard {
  readonly at: Instant;
  readonly sink: string;
  readonly kind: Notice['kind'];
  readonly severity: AlertSeverity;
  readonly incident: string;
}

interface Case {
  readonly incident: Incident;
  readonly alerts: readonly Alert[];
}

/** Incidents, a planner that may be restarted at any moment, and receivers behind an outbox that holds and withdraws. */
export class Stage {
  now: Instant;
  readonly heard: Heard[] = [];
  readonly outcomes: PlanOutcome[] = [];
  /** False: nobody takes acknowledgements back that the planner calls over. */
  clears = true;
  #config: AlertConfig;
  #planner: Planner;
  readonly #memories = new Map<string, PlanMemory>();
  readonly #cases = new Map<string, Case>();
  #held: { readonly notice: Notice; readonly sink: string; readonly until: Instant }[] = [];
  #mono = 0;

  constructor(start: Instant, settings: AlertConfig) {
    this.now = start;
    this.#config = settings;
    this.#planner = this.#newPlanner();
  }

  #newPlanner(): Planner {
    const memories = JSON.parse(JSON.stringify([...this.#memories.values()])) as PlanMemory[];
    return createPlanner(this.#config, memories, (about, alerts, kind, moment) => ({
      kind,
      at: moment.now,
      incident: about,
      alerts,
      text: { title: '', sentence: '', lines: [], next: [] },
      accounts: {},
      link: null,
    }));
  }

  /** Everything that is not on disk is gone. */
  restart(settings: AlertConfig = this.#config): void {
    this.#config = settings;
    this.#planner = this.#newPlanner();
    this.tick();
  }

  /** An incident opens or changes. */
  set(id: string, alerts: readonly Alert[], part: Partial<Incident> = {}): void {
    const before = this.#cases.get(id)?.incident ?? null;
    const shown = alerts.filter(({ phase }) => phase === 'firing');
    const severity = part.severity ?? shown[0]?.severity ?? before?.severity ?? 'info';
    const made = incident(id, alerts, { ...(before ?? {}), ...part, severity });
    if (made.phase === 'resolved') this.#cases.delete(id);
    else this.#cases.set(id, { incident: made, alerts });
    this.#take(
      this.#planner.plan([{ incident: made, was: before, steps: [] }], this.#moment(), (asked) =>
        asked === id ? alerts : [],
      ),
    );
  }

  /** The same alerts, something else about the incident. */
  change(id: string, part: Partial<Incident>): void {
    const known = this.#cases.get(id);
    if (known !== undefined) this.set(id, known.alerts, { severity: known.incident.severity, ...part });
  }

  acknowledge(id: string, until: Instant | null = null): void {
    this.change(id, { acknowledgement: ack(this.now, until) });
  }

  current(id: string): Incident | undefined {
    return this.#cases.get(id)?.incident;
  }

  /** Time goes on, with a tick whenever something is due. */
  until(time: Instant): void {
    for (let round = 0; ; round += 1) {
      if (round > 20_000) throw new Error('time stands still');
      const next = this.#next();
      if (next === null || next > time) break;
      this.#goTo(Math.max(next, this.now));
      this.tick();
    }
    this.#goTo(Math.max(time, this.now));
  }

  /** The wall clock alone is set. */
  jump(by: number): void {
    this.now += by;
    this.#letOut();
    this.tick();
  }

  tick(): void {
    this.#letOut();
    const due = this.#planner.due(this.#open(), this.#moment());
    if (due !== null && due <= this.now) {
      this.#take(this.#planner.tick(this.#moment(), this.#open(), (id) => this.#cases.get(id)?.alerts ?? []));
    }
  }

  transcript(): readonly string[] {
    return this.heard.map(({ at: time, sink, kind, severity, incident: id }) =>
      [clockText(time), sink, kind, severity, ...(id === 'i-1' ? [] : [id])].join(' '),
    );
  }

  #next(): Instant | null {
    const times = this.#held.map(({ until }) => until);
    const due = this.#planner.due(this.#open(), this.#moment());
    if (due !== null) times.push(due);
    return times.length === 0 ? null : Math.min(...times);
  }

  #goTo(time: Instant): void {
    this.#mono += time - this.now;
    this.now = time;
    this.#letOut();
  }

  #open(): readonly Incident[] {
    return [...this.#cases.values()].map(({ incident: one }) => one);
  }

  #moment(): { readonly now: Instant; readonly mono: number } {
    return { now: this.now, mono: this.#mono };
  }

  #letOut(): void {
    const ripe = this.#held.filter(({ until }) => until <= this.now);
    this.#held = this.#held.filter(({ until }) => until > this.now);
    for (const { sink, notice } of ripe) this.#hear(sink, notice);
  }

  #hear(sink: string, notice: Notice): void {
    const { id, severity } = notice.incident;
    this.heard.push({ at: this.now, sink, kind: notice.kind, severity, incident: id });
  }

  /** What the store, the outbox and alerting do with an outcome. */
  #take(out: PlanOutcome): void {
    this.outcomes.push(out);
    for (const memory of out.memories) this.#memories.set(memory.incidentId, memory);
    this.#held = this.#held.filter(
      ({ sink, notice }) => !out.withdrawn.some((gone) => gone.sink === sink && gone.incidentId === notice.incident.id),
    );
    for (const { sink, notice, holdUntil } of out.planned) {
      if (holdUntil !== null && holdUntil > this.now) this.#held.push({ sink, notice, until: holdUntil });
      else this.#hear(sink, notice);
    }
    if (this.clears) for (const id of out.unacknowledged) this.change(id, { acknowledgement: null });
  }
}
