/**
 * The one door between a renderer and a host. Two transports implement it: IPC in the desktop app, HTTP with
 * server-sent events on the headless host. Both pass the same conformance suite.
 */
import type {
  AlertsDelta,
  AlertsView,
  Delivery,
  Incident,
  IncidentDetail,
  Matcher,
  RuleView,
  Silence,
  SilencePreview,
} from './alerts.ts';
import type { KeyCalls } from './keys.ts';
import type { LintCalls } from './lint.ts';
import type {
  AccountId,
  Availability,
  BoardRow,
  EngineStatus,
  HistoryEvent,
  Instant,
  Lane,
  LaneTrack,
  Millis,
  PskPolicy,
  StateChange,
  TunnelDetail,
  TunnelKey,
} from './model.ts';
import type { OperationCalls } from './operations.ts';
import type { PastCalls } from './past.ts';
import type { ReportCalls } from './reports.ts';
import type {
  CredentialVerdict,
  DesktopChange,
  DesktopView,
  Keep,
  NewAccount,
  Outcome,
  SaveOutcome,
  SettingsDocument,
  SettingsView,
} from './settings.ts';
import type { WallCalls, WallMessage } from './walls.ts';

/** The whole board: the first message of every subscription. */
export interface BoardMessage {
  readonly type: 'board';
  readonly status: EngineStatus;
  readonly policy: PskPolicy;
  readonly rows: readonly BoardRow[];
  readonly alerts: AlertsView;
}

/** What changed since the message before. `changes` lets open timelines grow without asking again. */
export interface DeltaMessage {
  readonly type: 'delta';
  readonly status: EngineStatus;
  readonly rows: readonly BoardRow[];
  readonly removed: readonly TunnelKey[];
  readonly changes: readonly StateChange[];
  readonly events: readonly HistoryEvent[];
  /** `null` when nothing about alerts changed. */
  readonly alerts: AlertsDelta | null;
}

/** Nothing changed, the host lives: at least each 15 s. */
export interface PulseMessage {
  readonly type: 'pulse';
  readonly status: EngineStatus;
}

export type HostMessage = BoardMessage | DeltaMessage | PulseMessage | WallMessage;

/** What a transport tells its renderer: a message of the host, or that the host is out of reach. */
export type BridgeMessage = HostMessage | { readonly type: 'lost'; readonly reason: string };

/** A host sends something at least this often. */
export const PULSE_MS = 15_000;
/** After this long without any message a renderer says that the host is gone. */
export const LOST_AFTER_MS = 35_000;

/**
 * Every question a renderer may ask: arguments and reply. Replies never hold a secret, but for a new pre-shared key, which is
 * shown once to whoever made it (`confirm`, `rotationKey`).
 */
export interface Calls extends LintCalls, OperationCalls, KeyCalls, PastCalls, ReportCalls, WallCalls {
  /** Configuration, lanes and health by data centre of one tunnel; `null` when it is not known. */
  readonly tunnel: { args: { key: TunnelKey }; reply: TunnelDetail | null };
  /** Lane intervals of up to 200 tunnels that touch the range. */
  readonly lanes: {
    args: { keys: readonly TunnelKey[]; lanes: readonly Lane[]; from: Instant; to: Instant };
    reply: readonly LaneTrack[];
  };
  /** Events, newest first. Without `key` those of the account, without both those of the app. `before` pages by sequence. */
  readonly events: {
    args: { key: TunnelKey | null; accountId: AccountId | null; before: number | null; limit: number };
    reply: readonly HistoryEvent[];
  };
  /** Lane changes of one tunnel, newest first, for its list of events. */
  readonly changes: { args: { key: TunnelKey; from: Instant; limit: number }; reply: readonly StateChange[] };
  /** Health availability of one tunnel over 24 h, 7 d and 30 d. */
  readonly availability: { args: { key: TunnelKey }; reply: readonly Availability[] };
  /** Somebody looks at this tunnel: read it closely for the next 30 s. Repeat while the view is open. */
  readonly watch: { args: { key: TunnelKey }; reply: null };
  /** Ask now instead of at the next round. The budget still holds. */
  readonly pollNow: { args: { accountId: AccountId | null }; reply: null };
  /** One incident with its alerts, its timeline and its deliveries; `null` when it is not known. */
  readonly incident: { args: { id: string }; reply: IncidentDetail | null };
  /** Incidents newest first, resolved ones included. `before` pages by `openedAt`. */
  readonly incidents: { args: { before: Instant | null; limit: number }; reply: readonly Incident[] };
  /** Open incidents with an alert about this tunnel. */
  readonly incidentsOf: { args: { key: TunnelKey }; reply: readonly Incident[] };
  /** Somebody takes care of these incidents, until they are resolved or until a time. Replies with those that were open. */
  readonly acknowledge: {
    args: { ids: readonly string[]; by: string; comment: string; until: Instant | null };
    reply: readonly string[];
  };
  /** Takes the acknowledgement back. */
  readonly unacknowledge: { args: { ids: readonly string[]; by: string }; reply: readonly string[] };
  /** Hides what fits all matchers until `endsAt`. */
  readonly silence: {
    args: { matchers: readonly Matcher[]; startsAt: Instant; endsAt: Instant; by: string; comment: string };
    reply: Silence;
  };
  /** Ends a silence now; false when there is none or it is over. */
  readonly expireSilence: { args: { id: string; by: string }; reply: boolean };
  /** What a silence with these matchers would hide right now. */
  readonly previewSilence: { args: { matchers: readonly Matcher[] }; reply: SilencePreview };
  /** Somebody has looked at these incidents: they are no longer new. */
  readonly markSeen: { args: { ids: readonly string[] }; reply: null };
  /** The delivery log, newest first; of one sink or all. `before` pages by id. */
  readonly deliveries: {
    args: { sink: string | null; before: number | null; limit: number };
    reply: readonly Delivery[];
  };
  /** Sends a test message to one sink now and tells what it answered. */
  readonly testSink: { args: { sink: string }; reply: { ok: boolean; sentence: string } };
  /** Every rule with its settings. */
  readonly rules: { args: Record<string, never>; reply: readonly RuleView[] };
  /** The settings as they stand in the file, where secrets lie, and whether all this can be changed here. */
  readonly settings: { args: Record<string, never>; reply: SettingsView };
  /** Replaces the settings and goes on with them at once; nothing is written when something is wrong. */
  readonly saveSettings: { args: { document: SettingsDocument }; reply: SaveOutcome };
  /** The same from YAML or JSON text. What is written is the meaning of the text, without its comments. */
  readonly saveSettingsText: { args: { text: string }; reply: SaveOutcome };
  /** The settings as YAML text, without secrets: to edit by hand, to keep, to take to another machine. */
  readonly settingsText: { args: Record<string, never>; reply: { text: string } };
  /** Asks Cloudflare what a credential is good for; `token: null` takes the one that is kept for this account. */
  readonly checkAccount: {
    args: { id: string; token: string | null; apiBase: string | null };
    reply: CredentialVerdict;
  };
  /** Checks, keeps the token, adds the account to the settings, and watches it at once. */
  readonly addAccount: { args: NewAccount; reply: Outcome };
  /** Another token for an account. */
  readonly setToken: { args: { accountId: AccountId; token: string; keep: Keep }; reply: Outcome };
  /** Takes the account out of the settings and its token out of the keychain. Its history stays. */
  readonly removeAccount: { args: { accountId: AccountId }; reply: Outcome };
  /** What a report of a fault should hold: versions, states, the last lines of the log; nothing secret. */
  readonly diagnostics: { args: Record<string, never>; reply: { text: string } };
  /** `null` where there is no desktop. */
  readonly desktop: { args: Record<string, never>; reply: DesktopView | null };
  readonly setDesktop: { args: { preferences: DesktopChange }; reply: DesktopView | null };
  /** Stops asking for a while (`null`: until resumed, a day at most). Everything says so. */
  readonly pause: { args: { forMs: Millis | null }; reply: null };
  readonly resume: { args: Record<string, never>; reply: null };
  /** Replace an empty set of accounts by the built-in simulator. Refused while accounts are configured. */
  readonly startPractice: { args: Record<string, never>; reply: { started: boolean; reason: string | null } };
}
export type CallName = keyof Calls;

/** A refused or failed call: one plain sentence. */
export interface CallError {
  readonly kind: 'unknown-call' | 'bad-arguments' | 'not-allowed' | 'failed' | 'unreachable';
  readonly sentence: string;
}
export type CallResult<N extends CallName> =
  | { readonly ok: true; readonly value: Calls[N]['reply'] }
  | { readonly ok: false; readonly error: CallError };

export interface Bridge {
  /** Calls `listener` with a full board first and with deltas and pulses after. Returns the way to stop. */
  subscribe(listener: (message: BridgeMessage) => void): () => void;
  /** Asks the host. Never throws: trouble is a value. */
  call<N extends CallName>(name: N, args: Calls[N]['args']): Promise<CallResult<N>>;
}
