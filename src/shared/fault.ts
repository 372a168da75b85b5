/**
 * Faults of ours, or of the way to Cloudflare: one taxonomy for every boundary.
 */
import type { Millis } from './model.ts';

/** Why we could not get an answer. One plain sentence for each: `src/engine/cloudflare/fault.ts`. */
export const FAULT_KINDS = [
  'bad-token',
  'missing-permission',
  'not-onboarded',
  'not-found',
  'rate-limited',
  'offline',
  'dns',
  'tls',
  'timeout',
  'truncated',
  'not-json',
  'not-http',
  'too-large',
  'wrong-shape',
  'server-error',
  'redirected',
  'rejected',
  'no-credential',
  'aborted',
  'internal',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault of ours or of the way to Cloudflare; never a fault of a tunnel. Holds no secret. */
export interface Fault {
  readonly kind: FaultKind;
  /** One plain sentence: what is wrong, where, and what to do. */
  readonly sentence: string;
  /** HTTP status, where there was an answer. */
  readonly status: number | null;
  /** Cloudflare's error code, for instance 1012. */
  readonly code: number | null;
  /** Wait at least this long before asking again. */
  readonly retryAfterMs: Millis | null;
  /** The exact name of the token permission that is missing. */
  readonly permission: string | null;
  /** Cloudflare's id of the exchange, for a support ticket. */
  readonly cfRay: string | null;
  /** What Cloudflare said of the parts of a request that it refused; absent where it named none. */
  readonly parts?: readonly FaultPart[];
  /** What the sentence is made of, so that it can be said in other languages; absent where it is made of nothing else. */
  readonly about?: FaultAbout;
}

/** What a sentence about a fault says beside its kind. Holds no secret. */
export interface FaultAbout {
  /** Where we asked, for instance `api.cloudflare.com`. */
  readonly host: string;
  /** Id of the account, or its name where we never came to ask. */
  readonly account: string | null;
  /** The exact name of the token permission that the question needs. */
  readonly permission: string | null;
  /** What is known beyond the kind, in English: `connection refused`, `Cloudflare says: …`. Without a full stop. */
  readonly detail: string | null;
  readonly deadlineMs: Millis;
  readonly maxBytes: number;
  /** A change was asked for, and may have been made all the same. */
  readonly doubt: boolean;
}

/** One complaint of Cloudflare about a request. */
export interface FaultPart {
  /** JSON pointer into the request, for instance `/health_check/target`. */
  readonly pointer: string | null;
  /** Cloudflare's words, without secrets. */
  readonly message: string;
}
