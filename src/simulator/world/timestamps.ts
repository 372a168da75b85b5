/**
 * Instants as Cloudflare writes them: RFC 3339 with a fraction of microseconds or nanoseconds and no trailing zeros.
 * The digits below a millisecond come from a salt, so that one instant always reads the same.
 */
import type { Instant } from '../../shared/model.ts';

function format(instant: Instant, fraction: number, digits: number): string {
  const iso = new Date(instant).toISOString();
  const tail = `${iso.slice(20, 23)}${String(fraction).padStart(digits, '0')}`.replace(/0+$/, '');
  return tail === '' ? `${iso.slice(0, 19)}Z` : `${iso.slice(0, 19)}.${tail}Z`;
}

/** Microseconds, as in `created_on`. */
export function micros(instant: Instant, salt: number): string {
  return format(Math.floor(instant), salt % 1000, 3);
}

/** Nanoseconds, as in the answer that hands out a new PSK. */
export function nanos(instant: Instant, salt: number): string {
  return format(Math.floor(instant), salt % 1_000_000, 6);
}

/** The same instant as `nanos` in later answers: microseconds, rounded up. */
export function nanosRoundedUp(instant: Instant, salt: number): string {
  const micro = Math.ceil((salt % 1_000_000) / 1000);
  return micro === 1000 ? format(Math.floor(instant) + 1, 0, 3) : format(Math.floor(instant), micro, 3);
}
