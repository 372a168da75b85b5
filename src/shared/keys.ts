/** Pre-shared keys over time: which are due when, which belong together, and a rotation step by step. */
import type { AccountId, Instant, PskPolicy, TunnelKey } from './model.ts';
import type { HostSaid } from './operation-said.ts';
import type { FieldProblem, NewKey } from './operations.ts';
import type { RotationNext, RotationSaid } from './rotation-said.ts';

/** The policy that holds for a tunnel, and the tag that gives it (`null`: the policy of all). */
export interface KeyPolicy {
  readonly tag: string | null;
  readonly policy: PskPolicy;
}

/** A key and when it comes of age. `null` instants: no key was reported. */
export interface KeyOutlook {
  readonly key: TunnelKey;
  readonly accountId: AccountId;
  readonly name: string;
  readonly site: string | null;
  readonly tag: string | null;
  readonly generatedAt: Instant | null;
  readonly agingAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly staleAt: Instant | null;
  /** Made with the tunnel and never since, and older than `due`. */
  readonly neverRotated: boolean;
}

/** Keys that were made within the same minute: perhaps one key on several tunnels. */
export interface SameTimeKeys {
  readonly accountId: AccountId;
  readonly at: Instant;
  readonly keys: readonly TunnelKey[];
}

/** Keys to rotate in one session. No two of them are halves of one redundant group. */
export interface KeyBatch {
  /** 1, 2, …: in the order in which they should be done. */
  readonly number: number;
  readonly accountId: AccountId;
  /** Suggested day: before the first of them is due, and never together with another batch of the same groups. */
  readonly day: Instant;
  readonly keys: readonly TunnelKey[];
  /** Which partner stays up for each, by the name of its tunnel; empty for one that has none. */
  readonly partners: readonly { readonly key: TunnelKey; readonly by: readonly string[]; readonly grouping: string }[];
}

export interface KeysView {
  readonly policies: readonly KeyPolicy[];
  readonly keys: readonly KeyOutlook[];
  readonly sameTime: readonly SameTimeKeys[];
  readonly batches: readonly KeyBatch[];
}

/** The steps of a rotation, in order. */
export const ROTATION_STEPS = ['check', 'key', 'router', 'reauthenticate', 'verify', 'finished'] as const;
export type RotationStep = (typeof ROTATION_STEPS)[number];

/** One precondition or one proof, looked at live. */
export interface RotationCheck {
  /** Stable name: `partner-healthy`, `partner-bgp`, `own-bgp`, `fresh`, `timestamp-moved`, `bgp-back`, `health-back`, … */
  readonly id: string;
  readonly state: 'good' | 'bad' | 'unknown' | 'waiting';
  readonly sentence: string;
  /** The same, for pages in other languages. */
  readonly said?: RotationSaid | undefined;
}

/** A rotation under way or over. The key itself is never part of it. */
export interface Rotation {
  readonly id: string;
  readonly key: TunnelKey;
  readonly name: string;
  readonly by: string;
  readonly startedAt: Instant;
  readonly step: RotationStep;
  readonly checks: readonly RotationCheck[];
  /** The old key's time, and the time at which the new one was set. */
  readonly generatedBefore: Instant | null;
  readonly setAt: Instant | null;
  readonly reauthenticatedAt: Instant | null;
  /** By then BGP and health should be back. */
  readonly expectedBy: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: 'rotated' | 'abandoned' | null;
  /** What to do now: one sentence. */
  readonly next: string;
  /** The same, for pages in other languages. */
  readonly nextSaid?: RotationNext;
}

export type RotationKeyOutcome =
  | { readonly set: true; readonly rotation: Rotation; readonly newKey: NewKey }
  | {
      readonly set: false;
      readonly sentence: string;
      readonly problems: readonly FieldProblem[];
      readonly said?: HostSaid | undefined;
    };

/** The calls about keys and rotations. */
export interface KeyCalls {
  readonly keys: { args: Record<string, never>; reply: KeysView };
  /** The forecast as an iCalendar file (RFC 5545): one whole-day event for each day on which keys come due. */
  readonly keysCalendar: { args: Record<string, never>; reply: { ics: string } };
  /** Those under way, and those that ended within 30 days. Their checks are made now. */
  readonly rotations: { args: Record<string, never>; reply: readonly Rotation[] };
  /** Begins, or goes on with, the rotation of a tunnel. */
  readonly startRotation: { args: { key: TunnelKey; by: string }; reply: Rotation };
  /** Looks at the checks again and moves on by itself where they allow it; `null` when there is no such rotation. */
  readonly rotation: { args: { id: string }; reply: Rotation | null };
  /**
   * Validates, then generates a key, or sets `own`. `despite` names bad checks that the person accepts. The account has to
   * be unlocked. The reply holds the key, once.
   */
  readonly rotationKey: {
    args: { id: string; own: string | null; despite: readonly string[]; by: string };
    reply: RotationKeyOutcome;
  };
  /** The person says that the router has the key (`router`), or that the SA was cleared (`reauthenticate`). */
  readonly rotationDone: {
    args: { id: string; step: 'router' | 'reauthenticate'; by: string };
    reply: Rotation | null;
  };
  readonly abandonRotation: { args: { id: string; by: string }; reply: Rotation | null };
}
