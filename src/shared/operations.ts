/**
 * The operations that change an account: what a person asks for, what would happen (a plan), what happened. Nothing changes
 * without a plan that somebody has seen and confirmed.
 */
import type { FieldChange } from './lint.ts';
import type { AccountId, Finding, Instant, Millis, TunnelKey } from './model.ts';
import type { HostSaid } from './operation-said.ts';
import type { PlanWarning } from './plan-warnings.ts';
import type { Keep, Outcome } from './settings.ts';

export interface BgpDraft {
  readonly customerAsn: number;
  readonly extraPrefixes?: readonly string[] | undefined;
  readonly md5Key?: string | undefined;
  readonly importFilterId?: string | undefined;
  readonly exportFilterId?: string | undefined;
}
export interface HealthCheckDraft {
  readonly enabled?: boolean | undefined;
  readonly rate?: 'low' | 'mid' | 'high' | undefined;
  readonly type?: 'reply' | 'request' | undefined;
  readonly direction?: 'unidirectional' | 'bidirectional' | undefined;
  /** The empty string lets Cloudflare compute the target. */
  readonly target?: string | undefined;
}
/** A tunnel to be created. The checks that a form makes while typing are in `src/shared/tunnel-form/`. */
export interface TunnelDraft {
  readonly name: string;
  readonly cloudflareEndpoint: string;
  /** CIDR; the address given is Cloudflare's side. */
  readonly interfaceAddress: string;
  readonly interfaceAddress6?: string | undefined;
  readonly customerEndpoint?: string | undefined;
  readonly description?: string | undefined;
  readonly automaticReturnRouting?: boolean | undefined;
  readonly replayProtection?: boolean | undefined;
  readonly bgp?: BgpDraft | undefined;
  readonly fqdnId?: string | undefined;
  readonly healthCheck?: HealthCheckDraft | undefined;
  /** The secret; it goes in and is kept nowhere. */
  readonly psk?: string | undefined;
}
/** A change of a tunnel: what is left out stays, `null` removes. Parts of `bgp` and `healthCheck` change one by one. */
export interface TunnelChange {
  readonly name?: string | undefined;
  readonly cloudflareEndpoint?: string | undefined;
  readonly interfaceAddress?: string | undefined;
  readonly interfaceAddress6?: string | null | undefined;
  readonly customerEndpoint?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly automaticReturnRouting?: boolean | undefined;
  readonly replayProtection?: boolean | undefined;
  readonly bgp?:
    | { readonly [K in keyof BgpDraft]?: BgpDraft[K] | (K extends 'md5Key' ? null : never) | undefined }
    | null
    | undefined;
  readonly fqdnId?: string | null | undefined;
  readonly healthCheck?: HealthCheckDraft | undefined;
  readonly psk?: string | undefined;
}

export type Operation =
  | { readonly kind: 'create'; readonly accountId: AccountId; readonly draft: TunnelDraft }
  | { readonly kind: 'update'; readonly key: TunnelKey; readonly change: TunnelChange }
  | {
      readonly kind: 'bulk-update';
      readonly accountId: AccountId;
      readonly changes: readonly { readonly key: TunnelKey; readonly change: TunnelChange }[];
    }
  | { readonly kind: 'delete'; readonly key: TunnelKey }
  | { readonly kind: 'psk-generate'; readonly key: TunnelKey }
  | {
      readonly kind: 'psk-set';
      readonly accountId: AccountId;
      readonly keys: readonly { readonly key: TunnelKey; readonly psk: string }[];
    };
export type OperationKind = Operation['kind'];

/** Something wrong with what was asked for. `field` is a path of ours such as `healthCheck.target`; `null`: all of it. */
export interface FieldProblem {
  readonly key: TunnelKey | null;
  readonly field: string | null;
  readonly sentence: string;
  /** What `src/shared/tunnel-form` calls it, so that a page can say it in its own language; absent in Cloudflare's words. */
  readonly code?: string;
  /** What it says where no form says it, for pages in other languages. */
  readonly said?: HostSaid | undefined;
  /** Which entry of a list is meant. */
  readonly value?: string | null;
}

/** A tunnel that an operation touches. `key: null`: it does not exist yet. */
export interface Touched {
  readonly key: TunnelKey | null;
  readonly name: string;
}
export interface TouchedDiff extends Touched {
  readonly changes: readonly FieldChange[];
}

/** What would happen, checked by Cloudflare (`validate_only`) and by our rules. Good for one confirmation, until `expiresAt`. */
export interface OperationPlan {
  readonly id: string;
  readonly kind: OperationKind;
  readonly accountId: AccountId;
  readonly account: string;
  readonly diffs: readonly TouchedDiff[];
  /** Findings that the change would cause, and those that it would end. */
  readonly causes: readonly Finding[];
  readonly solves: readonly Finding[];
  /** What one should know before: `This is the last healthy tunnel of its site.` Sentences, the gravest first. */
  readonly warnings: readonly string[];
  /** The same in the same order, for pages in other languages. */
  readonly warningsSaid?: readonly PlanWarning[];
  /** What has to be typed before it is done: the name of a tunnel that is deleted; `null`: a click will do. */
  readonly confirmBy: string | null;
  readonly expiresAt: Instant;
}
export type PlanOutcome =
  | { readonly planned: true; readonly plan: OperationPlan }
  | {
      readonly planned: false;
      readonly sentence: string;
      /** The same, for pages in other languages. */
      readonly said?: HostSaid | undefined;
      readonly problems: readonly FieldProblem[];
    };

/** A key as it was made or set: the one reply of the bridge that holds a secret, once. */
export interface NewKey {
  readonly key: TunnelKey;
  readonly name: string;
  readonly psk: string;
  /** `<numeric account>_<tunnel>`, where Cloudflare tells it. */
  readonly ipsecId: string | null;
  readonly generatedAt: Instant | null;
}

/**
 * `done`: read back and as wanted. `partial`: some of several. `refused`: Cloudflare said no. `clash`: somebody changed it
 * meanwhile, nothing was sent. `unknown`: the answer was lost and reading could not settle it. `not-sent`: we did not ask.
 */
export type OperationState = 'done' | 'partial' | 'refused' | 'clash' | 'unknown' | 'not-sent';
export interface OperationOutcome {
  readonly state: OperationState;
  readonly sentence: string;
  /** The same, for pages in other languages. */
  readonly said?: HostSaid | undefined;
  readonly problems: readonly FieldProblem[];
  readonly tunnels: readonly (Touched & {
    readonly applied: boolean;
    readonly sentence: string;
    readonly said?: HostSaid | undefined;
  })[];
  readonly newKeys: readonly NewKey[];
  /** Cloudflare's name for the answer, for its support. */
  readonly cfRay: string | null;
}

/** Whether an account can be changed from here. */
export interface WritingStatus {
  readonly accountId: AccountId;
  readonly account: string;
  /** Where the write token lies; `none`: there is none, and nothing can be changed. */
  readonly token: 'none' | 'keychain' | 'environment' | 'file' | 'session';
  /** One sentence when it cannot be had. */
  readonly problem: string | null;
  readonly unlockedUntil: Instant | null;
}

/** One line of the local audit log. Secrets are never in it. */
export interface AuditEntry {
  readonly id: number;
  readonly at: Instant;
  readonly by: string;
  readonly accountId: AccountId;
  readonly account: string;
  readonly kind: OperationKind | 'unlock' | 'lock' | 'set-write-token' | 'remove-write-token';
  readonly diffs: readonly TouchedDiff[];
  /** `begun` is written before the request leaves; the outcome replaces it. */
  readonly state: OperationState | 'begun';
  readonly sentence: string;
  readonly cfRay: string | null;
}

/** How long an account stays unlocked at most, and unless told otherwise. */
export const LONGEST_UNLOCK_MS: Millis = 60 * 60_000;
export const USUAL_UNLOCK_MS: Millis = 15 * 60_000;

/** The calls that change accounts. */
export interface OperationCalls {
  readonly writing: { args: Record<string, never>; reply: readonly WritingStatus[] };
  /** Checks the token with Cloudflare (it must be able to write) and keeps it apart from the read token. */
  readonly setWriteToken: { args: { accountId: AccountId; token: string; keep: Keep; by: string }; reply: Outcome };
  readonly removeWriteToken: { args: { accountId: AccountId; by: string }; reply: Outcome };
  /** Lets changes be made until the time is over. */
  readonly unlock: { args: { accountId: AccountId; forMs: Millis; by: string }; reply: WritingStatus };
  readonly lock: { args: { accountId: AccountId; by: string }; reply: WritingStatus };
  /** Checks here, reads the present, asks Cloudflare with `validate_only`, and tells what would happen. Changes nothing. */
  readonly plan: { args: { operation: Operation }; reply: PlanOutcome };
  /** Does what the plan says; `typed` answers `confirmBy`. */
  readonly confirm: { args: { plan: string; typed: string | null; by: string }; reply: OperationOutcome };
  readonly discard: { args: { plan: string }; reply: null };
  /** The audit log, newest first. `before` pages by id. */
  readonly audit: { args: { before: number | null; limit: number }; reply: readonly AuditEntry[] };
  /** Keeps a new key in the OS keychain, under the tunnel's name; only right after it was made. */
  readonly keepKey: { args: { key: TunnelKey; psk: string; by: string }; reply: Outcome };
}
