/** Alerting as the engine and people see it. */
import type {
  Acknowledgement,
  Alert,
  AlertsDelta,
  AlertsView,
  Delivery,
  Incident,
  IncidentDetail,
  IncidentStep,
  Matcher,
  RuleView,
  Silence,
  SilencePreview,
} from '../../shared/alerts.ts';
import type { Instant, TunnelKey } from '../../shared/model.ts';
import type { Moment, Observed, World } from './contract.ts';

/** What people can do and ask: the calls of the bridge that are about alerts, see `src/shared/bridge.ts`. */
export interface AlertDesk {
  view(): AlertsView;
  incident(id: string): IncidentDetail | null;
  incidents(before: Instant | null, limit: number): readonly Incident[];
  /** Those that were open at some moment of `[from, to]`, as they are now or ended, newest first. */
  incidentsDuring(from: Instant, to: Instant, limit: number): readonly Incident[];
  /** Alerts that ever fired in an incident, as far as they are kept, at most 500. */
  recordedAlerts(id: string): readonly Alert[];
  /** The newest 1,000 steps of an incident, oldest first. */
  stepsOf(id: string): readonly IncidentStep[];
  incidentsOf(key: TunnelKey): readonly Incident[];
  acknowledge(ids: readonly string[], ack: Omit<Acknowledgement, 'at'>): readonly string[];
  unacknowledge(ids: readonly string[], by: string): readonly string[];
  silence(silence: Omit<Silence, 'id' | 'createdAt'>): Silence;
  expireSilence(id: string, by: string): boolean;
  previewSilence(matchers: readonly Matcher[]): SilencePreview;
  markSeen(ids: readonly string[]): void;
  deliveries(sink: string | null, before: number | null, limit: number): readonly Delivery[];
  testSink(sink: string): Promise<{ readonly ok: boolean; readonly sentence: string }>;
  rules(): readonly RuleView[];
}

/** Alerting as a whole, driven by the engine. Bugs are the engine's to guard against: these throw them. */
export interface Alerting extends AlertDesk {
  /** Begins: the engine hands over the world that all later calls look at, and hears of what moves by itself. */
  start(world: World, onChange: (delta: AlertsDelta) => void): void;
  /** After each answer and tick of the engine, when the history has it. Changes are announced by `onChange`. */
  observe(observed: Observed): void;
  /** What time alone changes; call it at each tick of the engine. */
  tick(moment: Moment): void;
  /** Keeps what is undelivered for the next start, closes the store. Resolves within a second. */
  stop(): Promise<void>;
}
