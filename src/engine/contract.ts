/**
 * `createEngine()` is the one door: hosts hand it accounts, a clock and a history, and draw what it announces.
 */
import type { BoardMessage, DeltaMessage, PulseMessage } from '../shared/bridge.ts';
import type { AccountId, Fault, Millis, PskPolicy, TunnelDetail, TunnelKey } from '../shared/model.ts';
import type { EngineLint } from './account-findings.ts';
import type { AlertDesk, Alerting } from './alerts/contract.ts';
import type { Desks } from './bridge/desk-calls.ts';
import type { Clock } from './clock.ts';
import type { CloudflareReader } from './cloudflare/contract.ts';
import type { SurroundingsReader } from './cloudflare/surroundings.ts';
import type { History, HistoryReader } from './history/contract.ts';
import type { LintLedger } from './lint/account-lint.ts';
import type { PolicyOf } from './state/look.ts';

/** An account to watch. */
export interface EngineAccount {
  readonly id: AccountId;
  readonly name: string;
  /** Cloudflare's numeric account id, where the settings give it. */
  readonly number?: string | undefined;
  /** One without `surrounding` reads nothing beside the list, the single tunnel, health and traffic. */
  readonly client: CloudflareReader & Partial<SurroundingsReader>;
  /** Accounts with an equal key draw on one request budget. */
  readonly budgetKey: string;
  /** List round; 30 s by default, never under 10 s. */
  readonly intervalMs: Millis;
  /** Health round; 60 s by default. */
  readonly healthIntervalMs: Millis;
}

export interface EngineOptions {
  readonly accounts: readonly EngineAccount[];
  readonly clock: Clock;
  readonly history: History;
  /** The policy of keys in general. */
  readonly policy: PskPolicy;
  /** Where tunnels have policies of their own. */
  readonly policyOf?: PolicyOf | undefined;
  readonly version: string;
  readonly practice: boolean;
  /** 0 (inclusive) to 1 (exclusive), for jitter. */
  readonly random: () => number;
  /** Takes a bug and what was being done; polling goes on. Without it a bug is thrown where nobody catches it. */
  readonly onBug?: OnBug;
  /** Without it nothing is alerted on. The engine starts and stops it. */
  readonly alerting?: Alerting;
  /** Waivers, and since when findings stand; without it nothing is waived, and findings are as old as the process. */
  readonly ledger?: LintLedger;
  /** What else is offered over this engine; made once, when the engine is. */
  readonly desks?: (engine: Engine) => Desks;
}

/** Told of a bug: what was being done, and what was thrown. */
export type OnBug = (doing: string, error: unknown) => void;

export interface Engine {
  start(): void;
  /** Aborts what is under way and closes the history. Resolves within two seconds. */
  stop(): Promise<void>;
  /** The machine woke up or the network changed: look once, promptly. */
  wake(): void;
  /** The full board of this moment. */
  board(): BoardMessage;
  /** Announces every change and, at least each 15 s, a pulse. */
  subscribe(listener: (message: DeltaMessage | PulseMessage) => void): () => void;
  tunnel(key: TunnelKey): TunnelDetail | null;
  readonly history: HistoryReader;
  /** Somebody looks at this tunnel for the next 30 s. */
  watch(key: TunnelKey): void;
  pollNow(accountId: AccountId | null): void;
  /** Asks nothing for so long (`null`: until `resume`, a day at most). What is known stays and ages; nothing is alerted on. */
  pause(forMs: Millis | null): void;
  resume(): void;
  readonly lint: EngineLint;
  /** `null` where nothing is alerted on. */
  readonly alerts: AlertDesk | null;
  /** Findings, operations, keys, the past, reports: each may be `null`. */
  readonly desks: Desks;
}

export type { Fault };
