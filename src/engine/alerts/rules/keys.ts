/** Rules about the pre-shared key. The ages are the policy's; its lane has settled what the clocks say already. */
import type { LaneValue } from '../../../shared/model.ts';
import { ABSENT, type Judgement, MINUTE, type TunnelLook, type TunnelRule, UNKNOWN } from './rule.ts';

const DAY = 24 * 60 * MINUTE;
const POLICY =
  'The key policy of the settings: 90, 180 and 365 days by default, as is common in companies; Cloudflare has no rule';

/**
 * Facts: `ageDays` and `generatedAt` of the key, and `limitDays`, the age that the policy allows; `null` where there is no key.
 */
function key(look: TunnelLook, value: LaneValue<'psk'>): Judgement {
  const { view, seen, now } = look;
  const { psk } = view.row.lanes;
  if (!seen.list || view.row.unreadable !== null || psk.value === 'unobserved') return UNKNOWN;
  if (psk.value !== value) return ABSENT;
  const generatedAt = view.row.pskGeneratedAt;
  const facts = {
    ageDays: generatedAt === null ? null : Math.max(0, Math.floor((now - generatedAt) / DAY)),
    generatedAt,
    limitDays: generatedAt === null || !psk.exact ? null : Math.round((psk.since - generatedAt) / DAY),
  };
  return { is: 'present', since: psk.since, exact: psk.exact, facts };
}

const COMMON = { scope: 'tunnel', longer: false, confirmed: false, fatal: false } as const;

export const KEY_RULES: readonly TunnelRule[] = [
  {
    ...COMMON,
    id: 'psk-missing',
    what: 'Cloudflare reports no pre-shared key for the tunnel.',
    why: 'Without a key IKE cannot authenticate and the tunnel cannot come up.',
    source: 'Cloudflare, tunnel endpoints: a tunnel without a PSK does not work; psk_metadata absent or empty',
    defaults: { enabled: true, severity: 'warning', pendingMs: MINUTE, recoverMs: 0 },
    measure: 'list',
    judge: (look) => key(look, 'missing'),
  },
  {
    ...COMMON,
    id: 'psk-stale',
    what: 'The pre-shared key is older than the policy allows at all.',
    why: 'Whoever has ever seen the key can still pose as the router.',
    source: POLICY,
    defaults: { enabled: true, severity: 'warning', pendingMs: MINUTE, recoverMs: 0 },
    measure: 'time',
    judge: (look) => key(look, 'stale'),
  },
  {
    ...COMMON,
    id: 'psk-due',
    what: 'The pre-shared key has reached the age at which the policy wants a new one.',
    why: 'A rotation that is planned takes minutes; one that is forced takes an outage.',
    source: POLICY,
    // Longer than a stale key is pending: the one follows the other without an end between.
    defaults: { enabled: true, severity: 'info', pendingMs: MINUTE, recoverMs: 2 * MINUTE },
    measure: 'time',
    judge: (look) => key(look, 'due'),
  },
];
