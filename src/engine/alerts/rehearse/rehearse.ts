/**
 * What alerting would have done: the recorded history is lived through again, on a clock of its own, by the very alerting
 * that runs live, with the rules of the moment. Nothing is sent and nothing is written.
 */
import { type AlertRule, type AlertSeverity, type Incident, isPage, type NoticeKind } from '../../../shared/alerts.ts';
import type { AccountId, Instant, Millis } from '../../../shared/model.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { OnBug } from '../../contract.ts';
import type { RecordedSpan } from '../../history/recorded.ts';
import { WATCH_INTERVAL_MS } from '../../poll/close-watch.ts';
import { virtualClock } from '../../virtual-clock.ts';
import { createAlerting } from '../alerting.ts';
import type { AlertConfig, Alerting, Notice, Notifier } from '../contract.ts';
import { openAlertStore } from '../store/open-store.ts';
import type { Pace } from './recorded-account.ts';
import { RecordedWorld } from './recorded-world.ts';
import { timeline } from './timeline.ts';

/** A notice that calls for attention, once however many sinks it goes to. */
export interface RehearsedPage {
  readonly at: Instant;
  readonly incidentId: string;
  readonly kind: NoticeKind;
  readonly severity: AlertSeverity;
  /** The most urgent rule of the incident. */
  readonly rule: AlertRule;
  readonly title: string;
  readonly sinks: readonly string[];
}

export interface Rehearsal {
  readonly from: Instant;
  readonly to: Instant;
  readonly pages: readonly RehearsedPage[];
  /** Those that people were told of, oldest first, as they were at the end. */
  readonly incidents: readonly Incident[];
  readonly titles: Readonly<Record<string, string>>;
}

export interface RehearseOptions {
  readonly span: RecordedSpan;
  readonly config: AlertConfig;
  /** Names of accounts: the history knows their ids alone. */
  readonly names: (id: AccountId) => string;
  readonly pace: Pace;
  readonly onBug: OnBug;
  /** Lets everything under way come to its end, and the process have its turn. */
  readonly turn: () => Promise<void>;
}

/** Stands for the receivers where the settings have none: people would have been told, had there been a way. */
export const NOBODY = '(no sink)';
/** How long a night is between two turns of the process. */
const BREATH_MS: Millis = 3_600_000;

function withRoute(config: AlertConfig): AlertConfig {
  if (config.routes.length > 0) return config;
  return { ...config, routes: [{ matchers: [], to: [NOBODY], escalate: [], remindMs: null, onward: false }] };
}

const KINDS: readonly NoticeKind[] = ['firing', 'worse', 'reminder', 'escalation', 'resolved'];

/** Receivers that accept everything. */
function listeners({ routes }: AlertConfig, heard: (sink: string, notice: Notice) => void): readonly Notifier[] {
  const names = new Set(routes.flatMap(({ to, escalate }) => [...to, ...escalate.flatMap((step) => step.to)]));
  return [...names].map((name) => ({
    name,
    type: 'rehearsal',
    target: name,
    kinds: KINDS,
    async deliver(notice) {
      heard(name, notice);
      return { ok: true, sentence: 'Heard.' };
    },
  }));
}

/** Gathers the pages of all sinks into one each. */
class Pages {
  readonly #pages = new Map<string, RehearsedPage>();
  readonly titles: Record<string, string> = {};

  hear(sink: string, { kind, at, incident, text }: Notice): void {
    this.titles[incident.id] ??= text.title;
    if (!isPage(kind)) return;
    const name = `${incident.id} ${kind} ${at}`;
    const known = this.#pages.get(name);
    const { id: incidentId, severity, lead, rules } = incident;
    const rule = rules[0] ?? lead.rule;
    const sinks = [...(known?.sinks ?? []), sink];
    this.#pages.set(name, { at, incidentId, kind, severity, rule, title: text.title, sinks });
  }

  get all(): readonly RehearsedPage[] {
    return [...this.#pages.values()].sort((a, b) => a.at - b.at);
  }
}

/** Lives through a span. The error is one sentence. */
export async function rehearse(options: RehearseOptions): Promise<Result<Rehearsal, string>> {
  const { span, names, pace, onBug } = options;
  const config = withRoute(options.config);
  const clock = virtualClock(span.from);
  const store = openAlertStore({ path: null, clock, retentionMs: Math.max(1, span.to - span.from) * 2 });
  if (!store.ok) return { ok: false, error: store.error.sentence };
  const pages = new Pages();
  const alerting = createAlerting({
    config,
    store: store.value,
    notifiers: listeners(config, (sink, notice) => pages.hear(sink, notice)),
    clock,
    random: () => 0.5,
    onBug,
  });
  const incidents = new Map<string, Incident>();
  const world = new RecordedWorld(span, names, pace);
  let moved = false;
  alerting.start(world, (delta) => {
    moved = true;
    for (const incident of delta.incidents) incidents.set(incident.id, incident);
  });
  await liveThrough(options, clock, world, alerting, () => {
    const was = moved;
    moved = false;
    return was;
  });
  await options.turn();
  await alerting.stop();
  const told = [...incidents.values()].filter(({ id }) => pages.titles[id] !== undefined);
  told.sort((a, b) => a.openedAt - b.openedAt);
  return ok({ from: span.from, to: span.to, pages: pages.all, incidents: told, titles: pages.titles });
}

/** One round after the other; what was recorded between two of them comes at its own moment. */
async function liveThrough(
  { span, pace, turn }: RehearseOptions,
  clock: ReturnType<typeof virtualClock>,
  world: RecordedWorld,
  alerting: Alerting,
  hasMoved: () => boolean,
): Promise<void> {
  const records = timeline(span, pace);
  let next = 0;
  let round = span.from;
  let healthRound = span.from;
  let watch = Number.POSITIVE_INFINITY;
  let breath = span.from;
  while (round <= span.to) {
    const at = Math.max(clock.now(), Math.min(round, watch, records[next]?.at ?? round));
    await clock.advance(at - clock.now(), turn);
    const moment = { now: clock.now(), mono: clock.monotonic() };
    world.at(moment.now, moment.mono);
    const begin = next;
    while (next < records.length && (records[next]?.at ?? 0) <= at) next += 1;
    const { touched, removed, events } = world.apply(records.slice(begin, next).map(({ record }) => record));
    if (at >= round) {
      world.round('list');
      if (at >= healthRound) world.round('health');
      while (healthRound <= at) healthRound += pace.health;
      while (round <= at) round += pace.list;
    }
    watch = world.watch() ? at + WATCH_INTERVAL_MS : Number.POSITIVE_INFINITY;
    if (world.awake || events.length > 0) {
      alerting.observe({ moment, touched: [...touched], removed: [...removed], events });
      alerting.tick(moment);
    }
    // Receivers answer before time goes on.
    if (hasMoved() || at - breath >= BREATH_MS) {
      breath = at;
      await turn();
    }
  }
}
