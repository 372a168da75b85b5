/** What people do and ask about alerts: each act goes through the same way as what the rules say. */
import type { Acknowledgement, Delivery, Incident, Silence, SilencePreview } from '../../shared/alerts.ts';
import type {
  AlertConfig,
  AlertDesk,
  AlertRecord,
  AlertStore,
  IncidentBook,
  IncidentChange,
  Moment,
  Notice,
  Outbox,
  Quiet,
  World,
} from './contract.ts';
import { previewSilence } from './people/preview.ts';
import { ruleViews } from './rules/catalogue.ts';
import type { AlertsBoard } from './view.ts';

export interface DeskOptions {
  readonly config: AlertConfig;
  readonly store: AlertStore;
  readonly quiet: Quiet;
  readonly incidents: IncidentBook;
  readonly outbox: Outbox;
  readonly board: AlertsBoard;
  /** `null` before the engine started. */
  readonly world: () => World | null;
  readonly moment: () => Moment;
  /** A new id for a silence. */
  readonly id: () => string;
  readonly testNotice: (at: Moment) => Notice;
  /** Records and announces changes that an act made, with what else is to be kept of it. */
  readonly apply: (changes: readonly IncidentChange[]) => void;
  /** The same after a change of what is hidden. */
  readonly rejudge: (extra: Partial<Pick<AlertRecord, 'silences'>>) => void;
}

/** Of one incident at most: what a page can show. */
const MOST_ALERTS = 500;
const MOST_STEPS = 200;
const MOST_RECORDED_STEPS = 1_000;
const MOST_DELIVERIES = 100;

/** The desk over one alerting. */
export function createDesk(options: DeskOptions): Omit<AlertDesk, 'view'> {
  const { config, store, quiet, incidents, outbox, board, moment } = options;

  const find = (id: string): Incident | null => incidents.incident(id) ?? board.incident(id) ?? store.incident(id);

  /** The log of the store, with what only the queue knows: when the next attempt is due. */
  const log = (query: Parameters<AlertStore['deliveries']>[0]): readonly Delivery[] =>
    store.deliveries(query).map((one) => ({ ...one, nextAttemptInMs: outbox.nextAttemptInMs(one.id) }));

  /** Lets an act run over open incidents; ids of those that it changed. */
  const act = (ids: readonly string[], on: (id: string) => IncidentChange | null): readonly string[] => {
    const changes = [...new Set(ids)].flatMap((id) => on(id) ?? []);
    if (changes.length > 0) options.apply(changes);
    return changes.map(({ incident }) => incident.id);
  };

  return {
    incident(id) {
      const incident = find(id);
      if (incident === null) return null;
      const open = incidents.alertsOf(id);
      return {
        incident,
        alerts: open.length > 0 ? open.slice(0, MOST_ALERTS) : store.alerts(id, MOST_ALERTS),
        steps: store.steps(id, MOST_STEPS),
        deliveries: log({ incidentId: id, sink: null, before: null, limit: MOST_DELIVERIES }),
      };
    },
    incidents: (before, limit) =>
      store.incidents(before, limit).map((stored) => incidents.incident(stored.id) ?? stored),
    incidentsDuring: (from, to, limit) =>
      store.during(from, to, limit).map((stored) => incidents.incident(stored.id) ?? stored),
    recordedAlerts: (id) => store.alerts(id, MOST_ALERTS),
    stepsOf: (id) => store.steps(id, MOST_RECORDED_STEPS),
    incidentsOf: (key) =>
      incidents
        .open()
        .filter(({ id }) =>
          incidents.alertsOf(id).some(({ subject }) => subject.kind === 'tunnel' && subject.key === key),
        ),
    acknowledge(ids, ack) {
      const at = moment();
      const whole: Acknowledgement = { ...ack, at: at.now };
      return act(ids, (id) => incidents.acknowledge(id, whole, at));
    },
    unacknowledge(ids, by) {
      const at = moment();
      return act(ids, (id) => incidents.acknowledge(id, null, at, by));
    },
    silence(asked) {
      const made: Silence = { ...asked, id: options.id(), createdAt: moment().now };
      quiet.add(made);
      options.rejudge({ silences: [made] });
      return made;
    },
    expireSilence(id, by) {
      const ended = quiet.expire(id, moment().now, by);
      if (ended !== null) options.rejudge({ silences: [ended] });
      return ended !== null;
    },
    previewSilence(matchers): SilencePreview {
      const world = options.world();
      return world === null
        ? { incidents: [], alerts: 0, tunnels: 0, names: [] }
        : previewSilence(matchers, world, incidents);
    },
    markSeen(ids) {
      const changes = incidents.seen(ids, moment());
      if (changes.length > 0) options.apply(changes);
    },
    deliveries: (sink, before, limit) => log({ incidentId: null, sink, before, limit }),
    async testSink(sink) {
      const answer = await outbox.test(sink, options.testNotice(moment()));
      return answer ?? { ok: false, sentence: 'There is no sink of this name.' };
    },
    rules: () => ruleViews(config),
  };
}
