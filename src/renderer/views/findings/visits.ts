/** When the reader was here last. A visit goes on for as long as no pause in it is longer than half an hour. */
import type { Instant, Millis } from '../../../shared/model.ts';

const PAUSE: Millis = 30 * 60_000;

export interface Visits {
  /** When the visit before this one ended; `null`: this is the first. */
  readonly before: Instant | null;
  /** The last sign of life of this visit. */
  readonly last: Instant;
}

/** The visits as of `now`, from what was kept of them; whatever cannot be read is no visit. */
export function visitsAt(kept: string | null, now: Instant): Visits {
  const known = read(kept);
  if (known === null) return { before: null, last: now };
  return now - known.last < PAUSE ? { before: known.before, last: now } : { before: known.last, last: now };
}

/** What is kept of them. */
export function keptVisits({ before, last }: Visits): string {
  return `${before ?? ''},${last}`;
}

function read(kept: string | null): Visits | null {
  const [, before, last] = /^(\d*),(\d+)$/.exec(kept ?? '') ?? [];
  if (before === undefined || last === undefined) return null;
  return { before: before === '' ? null : Number(before), last: Number(last) };
}
