/**
 * How long to wait after a failure. Pure. Three temperaments:
 *
 * - the way is broken (offline, DNS, TLS, timeout): asking costs Cloudflare nothing, so we ask again soon and never more
 *   slowly than the normal pace: the first good poll comes within one interval of the network's return;
 * - Cloudflare is in trouble: exponential, to leave it alone;
 * - our credential or account is refused: asking again changes nothing until a person acts.
 */
import type { FaultKind, Millis } from '../../shared/model.ts';

/** Longest pause after repeated failures. */
export const MAX_PAUSE_MS: Millis = 5 * 60_000;
const FIRST_RETRY_MS: Millis = 2_000;
/** Waits are spread over 75 % to 125 % so that many instances do not return in step. */
const SPREAD = 0.5;
const MAX_DOUBLINGS = 16;

type Temperament = 'way' | 'service' | 'refused';

const TEMPERAMENT: Readonly<Record<FaultKind, Temperament>> = {
  offline: 'way',
  dns: 'way',
  tls: 'way',
  timeout: 'way',
  truncated: 'way',
  'not-http': 'way',
  aborted: 'way',
  'rate-limited': 'service',
  'server-error': 'service',
  'not-json': 'service',
  'too-large': 'service',
  'wrong-shape': 'service',
  redirected: 'service',
  rejected: 'service',
  internal: 'service',
  'bad-token': 'refused',
  'missing-permission': 'refused',
  'not-onboarded': 'refused',
  'not-found': 'refused',
  'no-credential': 'refused',
};

/** Faults that a second try will not mend: we are blind at once, not after a second failure. */
export function isDefinite(kind: FaultKind): boolean {
  return TEMPERAMENT[kind] === 'refused';
}

/**
 * The pause before the next try. `failures` counts those in a row (1 for the first), `random` is 0 to 1, `interval` the
 * normal pace. Never shorter than what the answer demanded (`atLeast`).
 */
export function retryDelay(
  kind: FaultKind,
  failures: number,
  interval: Millis,
  random: number,
  atLeast: Millis | null,
): Millis {
  const factor = 2 ** Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
  const jitter = 1 - SPREAD / 2 + SPREAD * random;
  const delay = (): Millis => {
    switch (TEMPERAMENT[kind]) {
      case 'way':
        return Math.min(interval, FIRST_RETRY_MS * factor * jitter);
      case 'service':
        return Math.min(MAX_PAUSE_MS, Math.max(interval, interval * factor)) * jitter;
      case 'refused':
        return Math.max(interval, MAX_PAUSE_MS) * jitter;
    }
  };
  return Math.max(delay(), atLeast ?? 0);
}
