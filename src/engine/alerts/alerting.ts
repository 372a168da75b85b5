/**
 * Alerting as a whole: rules, causes, people and receivers, joined over one store. `createAlerting()` is its only door; the
 * engine tells it what it saw, and when time passed.
 */
import { randomUUID } from 'node:crypto';
import type { Alert, AlertsDelta, Incident, NoticeKind } from '../../shared/alerts.ts';
import type { AccountId, HistoryEvent } from '../../shared/model.ts';
import type { Clock } from '../clock.ts';
import type { OnBug } from '../contract.ts';
import { createAlertBook } from './book/book.ts';
import { readSights } from './book/sights.ts';
import type {
  AlertBook,
  AlertChange,
  AlertConfig,
  AlertDesk,
  Alerting,
  AlertRecord,
  AlertStore,
  IncidentBook,
  IncidentChange,
  Moment,
  Notice,
  Notifier,
  Observed,
  Outbox,
  OutboxItem,
  Planner,
  PlanOutcome,
  Quiet,
  World,
} from './contract.ts';
import { createOutbox } from './deliver/outbox.ts';
import { deliveryState } from './deliver/undelivered.ts';
import { createDesk } from './desk.ts';
import { hiddenTogether } from './hidden.ts';
import { createIncidentBook } from './incidents/book.ts';
import { makeNotice } from './notice.ts';
import { createPlanner } from './people/planner.ts';
import { createQuiet } from './people/quiet.ts';
import { withoutForeigners } from './people/remembered.ts';
import { withTags } from './tags.ts';
import { AlertsBoard } from './view.ts';

export interface AlertingOptions {
  readonly config: AlertConfig;
  /** Closed by `stop()`. */
  readonly store: AlertStore;
  readonly notifiers: readonly Notifier[];
  readonly clock: Clock;
  /** 0 (inclusive) to 1 (exclusive), for jitter. */
  readonly random: () => number;
  readonly onBug: OnBug;
}

/** Alerting that goes on where its store ends. */
export function createAlerting(options: AlertingOptions): Alerting {
  return new JoinedAlerting(options);
}

/** What one act or answer leaves to be kept, before people are thought of. */
type Kept = Pick<AlertRecord, 'alerts' | 'incidents' | 'steps' | 'silences'>;
const NOTHING: Kept = { alerts: [], incidents: [], steps: [], silences: [] };
const UNTOLD: AlertRecord = { ...NOTHING, memories: [], planned: [], withdrawn: [] };
/** Upkeep of the store. */
const PRUNE_MS = 3_600_000;

class JoinedAlerting implements Alerting {
  readonly #options: AlertingOptions;
  readonly #book: AlertBook;
  readonly #incidents: IncidentBook;
  readonly #quiet: Quiet;
  readonly #planner: Planner;
  readonly #outbox: Outbox;
  readonly #board = new AlertsBoard();
  readonly #desk: Omit<AlertDesk, 'view'>;
  /** Accounts do not change while an engine runs. */
  readonly #names = new Map<AccountId, string>();
  #world: World | null = null;
  #onChange: (delta: AlertsDelta) => void = () => undefined;
  #quietDue: number | null;
  #prunedAt: number;
  #tickedAt: number;

  constructor(options: AlertingOptions) {
    const { config, store, notifiers, clock, random, onBug } = options;
    this.#options = options;
    const saved = store.load();
    this.#book = createAlertBook(config, saved.alerts);
    this.#incidents = createIncidentBook(saved, (id) => this.#accountName(id));
    this.#quiet = createQuiet(config, saved.silences);
    const sinks = new Set(notifiers.map(({ name }) => name));
    const memories = saved.memories.map((memory) => withoutForeigners(memory, sinks));
    this.#planner = createPlanner(config, memories, (...about) => this.#notice(...about));
    this.#outbox = createOutbox({ notifiers, store, clock, random, onBug });
    this.#quietDue = this.#quiet.due(clock.now());
    this.#prunedAt = clock.monotonic();
    this.#tickedAt = clock.now();
    this.#desk = createDesk({
      config,
      store,
      quiet: this.#quiet,
      incidents: this.#incidents,
      outbox: this.#outbox,
      world: () => this.#world,
      board: this.#board,
      moment: () => this.#moment(),
      id: () => `s-${randomUUID().slice(0, 8)}`,
      testNotice: (at) => this.#notice(null, [], 'test', at),
      apply: (changes) => this.#settle(changes, this.#moment()),
      rejudge: (extra) => this.#rejudge(this.#moment(), extra),
    });
    const { now } = this.#moment();
    this.#board.change({ incidents: saved.incidents, silences: this.#quiet.silences(now) }, now);
    this.#outbox.onChange((item) => this.#delivered(item));
    this.#outbox.add(saved.outbox);
  }

  start(world: World, onChange: (delta: AlertsDelta) => void): void {
    for (const { id, name } of world.accounts()) this.#names.set(id, name);
    this.#world = withTags(world, this.#options.config, (id) => this.#accountName(id));
    this.#onChange = onChange;
  }

  observe(observed: Observed): void {
    if (this.#world === null) return;
    this.#judge(this.#book.observe(observed, this.#world), observed.moment, observed.events);
  }

  /** Rules that only time moves, silences that begin and end, reminders and escalations, receivers that want to hear again. */
  tick(moment: Moment): void {
    const world = this.#world;
    if (world === null) return;
    const due = this.#book.due();
    if (due !== null && due <= moment.mono) this.#judge(this.#book.tick(moment, world), moment);
    // A wall clock that was set back may open a window or a silence again.
    const setBack = moment.now < this.#tickedAt;
    this.#tickedAt = moment.now;
    if (setBack || (this.#quietDue !== null && this.#quietDue <= moment.now)) this.#rejudge(moment);
    const planDue = this.#planner.due(this.#incidents.open(), moment);
    if (planDue !== null && planDue <= moment.now) {
      const plan = this.#planner.tick(moment, this.#incidents.open(), (id) => this.#showing(id, moment));
      this.#write(NOTHING, plan, moment);
    }
    this.#outbox.tell(
      this.#incidents.open().map((incident) => ({
        incident,
        notice: () => this.#notice(incident, this.#showing(incident.id, moment), 'firing', moment),
      })),
      this.#seeing(world),
    );
    if (moment.mono - this.#prunedAt > PRUNE_MS) {
      this.#prunedAt = moment.mono;
      this.#options.store.prune(moment.now);
    }
    this.#show([], moment);
  }

  async stop(): Promise<void> {
    await this.#outbox.stop();
    this.#options.store.close();
  }

  view: AlertDesk['view'] = () => this.#board.view;
  incident: AlertDesk['incident'] = (id) => this.#desk.incident(id);
  incidents: AlertDesk['incidents'] = (before, limit) => this.#desk.incidents(before, limit);
  incidentsDuring: AlertDesk['incidentsDuring'] = (...args) => this.#desk.incidentsDuring(...args);
  recordedAlerts: AlertDesk['recordedAlerts'] = (id) => this.#desk.recordedAlerts(id);
  stepsOf: AlertDesk['stepsOf'] = (id) => this.#desk.stepsOf(id);
  incidentsOf: AlertDesk['incidentsOf'] = (key) => this.#desk.incidentsOf(key);
  acknowledge: AlertDesk['acknowledge'] = (ids, ack) => this.#desk.acknowledge(ids, ack);
  unacknowledge: AlertDesk['unacknowledge'] = (ids, by) => this.#desk.unacknowledge(ids, by);
  silence: AlertDesk['silence'] = (silence) => this.#desk.silence(silence);
  expireSilence: AlertDesk['expireSilence'] = (id, by) => this.#desk.expireSilence(id, by);
  previewSilence: AlertDesk['previewSilence'] = (matchers) => this.#desk.previewSilence(matchers);
  markSeen: AlertDesk['markSeen'] = (ids) => this.#desk.markSeen(ids);
  deliveries: AlertDesk['deliveries'] = (sink, before, limit) => this.#desk.deliveries(sink, before, limit);
  testSink: AlertDesk['testSink'] = (sink) => this.#desk.testSink(sink);
  rules: AlertDesk['rules'] = () => this.#desk.rules();

  /** What the rules said, into causes. Events count without a word of the rules: a change may be the reason of what follows. */
  #judge(changes: readonly AlertChange[], at: Moment, events: readonly HistoryEvent[] = []): void {
    if (this.#world === null || changes.length + events.length === 0) return;
    const silenced = (alert: Alert): readonly string[] => this.#quiet.silencedBy(alert, at.now);
    const told = this.#incidents.apply(changes, at, this.#world, silenced, events);
    // What never fired is nothing that a restart should know of.
    const alerts = changes.map(({ alert }) => alert).filter(({ firedAt }) => firedAt !== null);
    this.#settle(told, at, { alerts });
  }

  /** A silence or window began or ended: every incident is looked at again. */
  #rejudge(at: Moment, extra: Partial<Kept> = {}): void {
    this.#quietDue = this.#quiet.due(at.now);
    const silenced = (alert: Alert): readonly string[] => this.#quiet.silencedBy(alert, at.now);
    this.#settle(this.#incidents.refresh(at, silenced), at, extra);
  }

  /** Changed incidents: what people hear of them, on disk together with them, then on its way and on the page. */
  #settle(changes: readonly IncidentChange[], at: Moment, extra: Partial<Kept> = {}): void {
    const plan = this.#planner.plan(changes, at, (id) => this.#showing(id, at));
    this.#write({ ...NOTHING, ...extra, ...keptOf(changes) }, plan, at);
  }

  #write(kept: Kept, plan: PlanOutcome, at: Moment): void {
    // An acknowledgement that is over changes its incident once more; people were told of it by this very plan.
    const ended = keptOf(plan.unacknowledged.flatMap((id) => this.#incidents.acknowledge(id, null, at) ?? []));
    const { withdrawn, memories } = plan;
    const planned = plan.planned.filter(({ sink, notice }) => this.#wants(sink, notice.kind));
    const waiting = keptOf(
      planned
        .filter(({ notice }) => notice.kind !== 'update')
        .flatMap(({ notice }) => this.#incidents.delivered(notice.incident.id, 'waiting', at) ?? []),
    );
    const record: AlertRecord = {
      ...kept,
      incidents: [...kept.incidents, ...ended.incidents, ...waiting.incidents],
      steps: [...kept.steps, ...plan.steps, ...ended.steps, ...waiting.steps],
      memories,
      planned,
      withdrawn,
    };
    if (Object.values(record).some((list: readonly unknown[]) => list.length > 0)) {
      const open = record.incidents.filter(({ phase }) => phase !== 'resolved');
      const members = open.map(({ id }) => [id, this.#incidents.alertsOf(id).map((alert) => alert.id)] as const);
      const items = this.#options.store.record(record, Object.fromEntries(members));
      // Shown before they are on their way: what fails at once is then told of the incident as it is now.
      this.#show(record.incidents, at);
      this.#outbox.add(items);
    }
    this.#show([], at);
  }

  /** A sink that cannot replace a message has no use for updates. One that is no longer configured fails visibly. */
  #wants(sink: string, kind: NoticeKind): boolean {
    const notifier = this.#options.notifiers.find(({ name }) => name === sink);
    return notifier === undefined || notifier.kinds.includes(kind);
  }

  /** The alerts of an open incident that no silence hides. */
  #showing(id: string, at: Moment): readonly Alert[] {
    const alerts = this.#incidents.alertsOf(id);
    const hiders = hiddenTogether(alerts, (alert) => this.#quiet.silencedBy(alert, at.now));
    return alerts.filter((alert) => hiders(alert).length === 0);
  }

  #show(incidents: readonly Incident[], { now }: Moment): void {
    const status = {
      sinks: this.#outbox.status(),
      undelivered: this.#outbox.undelivered(),
      storeProblem: this.#options.store.status().problem,
    };
    const quiet = { silences: this.#quiet.silences(now), maintenance: this.#quiet.maintenance(now) };
    const delta = this.#board.change({ incidents, ...quiet, status }, now);
    if (delta !== null) this.#onChange(delta);
  }

  /** A delivery moved: its incident shows whether people could be told, and a restart has to know. */
  #delivered(item: OutboxItem | null): void {
    const at = this.#moment();
    const shown = item === null || item.notice.kind === 'test' ? null : this.#withDelivery(item, at);
    if (shown !== null) this.#options.store.record({ ...UNTOLD, incidents: [shown] }, {});
    this.#show(shown === null ? [] : [shown], at);
  }

  /** The incident of a delivery, open or over, with what became of that; `null` when it says the same as before. */
  #withDelivery(item: OutboxItem, at: Moment): Incident | null {
    const { id } = item.notice.incident;
    const delivery = deliveryState(item);
    if (delivery === null) return null;
    const known = this.#incidents.delivered(id, delivery, at)?.incident ?? this.#board.incident(id) ?? null;
    return known === null || this.#board.incident(id)?.delivery === delivery ? null : { ...known, delivery };
  }

  #notice(incident: Incident | null, alerts: readonly Alert[], kind: Notice['kind'], at: Moment): Notice {
    const names = Object.fromEntries(this.#names);
    return makeNotice({ ...this.#options.config, incident, alerts, kind, at: at.now, names });
  }

  #accountName(id: AccountId): string {
    return this.#names.get(id) ?? id;
  }

  /** A dead man's switch may beat: somebody is seen and what we know is fresh, or there is nobody to see. */
  #seeing(world: World): boolean {
    const sights = [...readSights(world.accounts()).values()];
    return sights.length === 0 || sights.some(({ list }) => list);
  }

  #moment(): Moment {
    return { now: this.#options.clock.now(), mono: this.#options.clock.monotonic() };
  }
}

/** What changed incidents leave to be kept. */
function keptOf(changes: readonly IncidentChange[]): Pick<Kept, 'incidents' | 'steps'> {
  return {
    incidents: changes.map(({ incident }) => incident),
    steps: changes.flatMap(({ incident, steps }) => steps.map((step) => ({ incidentId: incident.id, step }))),
  };
}
