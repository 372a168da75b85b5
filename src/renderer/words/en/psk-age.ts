import type { Instant, LaneValues, PskPolicy } from '../../../shared/model.ts';
import { DAY, wholeDays } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';

/** Age of a PSK and where it stands against the policy: `PSK 412 days old, over the limit of 365`. */
export function sentence(
  value: LaneValues['psk'],
  generatedAt: Instant | null,
  policy: PskPolicy,
  now: Instant,
): string {
  if (value === 'missing' || generatedAt === null) return 'PSK not reported';
  const age = `PSK ${plural(wholeDays(now - generatedAt), 'day', 'days')} old`;
  switch (value) {
    case 'stale':
      return `${age}, over the limit of ${Math.round(policy.staleMs / DAY)}`;
    case 'due':
      return `${age}, due since day ${Math.round(policy.dueMs / DAY)}`;
    case 'aging':
      return `${age}, due at ${Math.round(policy.dueMs / DAY)}`;
    case 'fresh':
    case 'unobserved':
      return age;
  }
}

/** `412 d`, or `not reported`. */
export function short(generatedAt: Instant | null, now: Instant): string {
  return generatedAt === null ? 'not reported' : `${wholeDays(now - generatedAt)} d`;
}
