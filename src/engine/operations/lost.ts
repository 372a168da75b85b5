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
/** Nothing left: there was nobody to send it to, or nothing to send it with. TLS can break over an answer, too. */
const NEVER_ARRIVED: ReadonlySet<FaultKind> = new Set<FaultKind>(['dns', 'no-credential']);

/**
 * A gateway speaks for a server that it lost sight of, and that may still be at work: 502, 504, and Cloudflare's own 520 to 530.
 */
const isFromBetween = ({ status }: Fault): boolean =>
  status === 502 || status === 504 || (status !== null && status >= 520 && status <= 530);

/** Judges the answer to a request that would have changed something. */
export function verdictOf(error: Fault, meta: Answer<unknown>['meta']): Verdict {
  if (meta.requests === 0 || NEVER_ARRIVED.has(error.kind)) return 'unsent';
  if (NO.has(error.kind)) return 'no';
  if (isFromBetween(error)) return 'lost';
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
