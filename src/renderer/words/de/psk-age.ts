import type { Instant, LaneValues, PskPolicy } from '../../../shared/model.ts';
import { DAY, wholeDays } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';

/** Alter eines PSK und sein Stand gegen die Vorgabe: `PSK 412 Tage alt, über der Grenze von 365`. */
export function sentence(
  value: LaneValues['psk'],
  generatedAt: Instant | null,
  policy: PskPolicy,
  now: Instant,
): string {
  if (value === 'missing' || generatedAt === null) return 'PSK nicht gemeldet';
  const age = `PSK ${plural(wholeDays(now - generatedAt), 'Tag', 'Tage')} alt`;
  switch (value) {
    case 'stale':
      return `${age}, über der Grenze von ${Math.round(policy.staleMs / DAY)}`;
    case 'due':
      return `${age}, fällig seit Tag ${Math.round(policy.dueMs / DAY)}`;
    case 'aging':
      return `${age}, fällig mit ${Math.round(policy.dueMs / DAY)}`;
    case 'fresh':
    case 'unobserved':
      return age;
  }
}

/** `412 d` oder `nicht gemeldet`. */
export function short(generatedAt: Instant | null, now: Instant): string {
  return generatedAt === null ? 'nicht gemeldet' : `${wholeDays(now - generatedAt)} d`;
}
