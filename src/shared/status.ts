/**
 * How the engine and its accounts are doing: what we see, how old it is, what it costs.
 */
import type { Fault } from './fault.ts';
import type { AccountId, Instant, Millis, UnreadableTunnel } from './model.ts';
import type { Paused } from './settings.ts';

/** The request budget of one token, shared by all accounts that use it. */
export interface BudgetStatus {
  /** Requests we made in the last five minutes. */
  readonly used: number;
  /** How many we allow ourselves in five minutes. */
  readonly limit: number;
  /** What Cloudflare last said remains, and until when that counts. */
  readonly remainingSaid: number | null;
  /** We hold back until then. */
  readonly blockedForMs: Millis | null;
}

/** How one account is doing. Ages are measured on a monotonic clock at the moment of sending. */
export interface AccountStatus {
  readonly id: AccountId;
  readonly name: string;
  /** Cloudflare's numeric account id, which IKE identities hold; absent while nobody told it. */
  readonly number?: string;
  readonly phase: 'starting' | 'seeing' | 'blind';
  readonly blind: { readonly since: Instant; readonly fault: Fault } | null;
  /** The newest list failed, which need not mean that we are blind yet: one failure is a hiccup. */
  readonly failing: { readonly since: Instant; readonly fault: Fault } | null;
  /** Health results need a permission of their own; they can be missing while the list is fine. */
  readonly healthBlind: { readonly since: Instant; readonly fault: Fault } | null;
  readonly listAgeMs: Millis | null;
  readonly healthAgeMs: Millis | null;
  readonly intervalMs: Millis;
  readonly healthIntervalMs: Millis;
  /** Older than this is stale: three poll intervals. */
  readonly staleAfterMs: Millis;
  readonly healthStaleAfterMs: Millis;
  /** `null` while polling is stopped: nobody looks, and nobody is meant to. */
  readonly nextPollInMs: Millis | null;
  readonly tunnels: number;
  readonly unreadable: readonly UnreadableTunnel[];
  readonly budget: BudgetStatus;
  /** How far Cloudflare's clock is ahead of this machine's; absent while they agree within a minute. */
  readonly clockAheadMs?: Millis;
}

/** Where the history is kept at the moment. */
export interface StoreStatus {
  readonly mode: 'disk' | 'memory';
  /** One sentence when something is wrong. */
  readonly problem: string | null;
  readonly path: string | null;
  /** How much of the disk it takes; absent where nobody knows. */
  readonly bytes?: number;
}

export interface EngineStatus {
  readonly version: string;
  /** Practice mode: the answers come from the built-in simulator. */
  readonly practice: boolean;
  /** Somebody stopped the asking for a while; absent while we ask. */
  readonly paused?: Paused;
  readonly startedAt: Instant;
  /** Wall clock of the host at the moment of sending. */
  readonly now: Instant;
  readonly store: StoreStatus;
  readonly accounts: readonly AccountStatus[];
}
