/** What a fault of a write says about the write. */
import type { Fault, FaultKind } from '../../shared/fault.ts';
import type { Millis } from '../../shared/model.ts';
import type { Answer } from '../cloudflare/contract.ts';

/**
 * `unsent`: nothing left, or nothing arrived. `no`: Cloudflare refused it. `failed`: an answer came and says that something
 * broke; what it says is over, but not how it ended. `lost`: no answer, or not the whole of it; it may still be under way.
 */
export type Verdict = 'unsent' | 'no' | 'failed' | 'lost';

const NO: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'bad-token',
  'missing-permission',
  'not-onboarded',
  'not-found',
  'rate-limited',
  'rejected',
]);
/** No connection was made: a name without an address, a certificate that is not trusted. */
const NEVER_ARRIVED: ReadonlySet<FaultKind> = new Set<FaultKind>(['dns', 'tls', 'no-credential', 'internal']);

/** Judges the answer to a request that would have changed something. */
export function verdictOf(error: Fault, meta: Answer<unknown>['meta']): Verdict {
  if (meta.requests === 0 || NEVER_ARRIVED.has(error.kind)) return 'unsent';
  if (NO.has(error.kind)) return 'no';
  return error.kind === 'server-error' || error.kind === 'redirected' ? 'failed' : 'lost';
}

/** How long Cloudflare wants us to wait, at the end of a sentence; empty when it did not say. */
export function waitWords(error: Fault): string {
  const wait: Millis | null = error.retryAfterMs;
  if (wait === null) return '';
  const minutes = Math.ceil(wait / 60_000);
  if (wait < 90_000) return ` Try again in ${Math.max(1, Math.ceil(wait / 1_000))} s.`;
  return ` Try again in ${minutes} min.`;
}
