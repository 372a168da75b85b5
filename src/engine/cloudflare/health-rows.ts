/** Health rows as they arrive, checked by hand: ten thousand of them come each minute. */
import type { Instant } from '../../shared/model.ts';
import type { HealthRow } from './contract.ts';
import { parseTimestamp } from './timestamp.ts';

/** Reads rows and remembers the minutes it has seen, of which there are few. One for each question. */
export function createRowReader(): (raw: unknown) => HealthRow | null {
  const minutes = new Map<string, Instant | null>();
  const instantOf = (text: string): Instant | null => {
    const known = minutes.get(text);
    if (known !== undefined) return known;
    const parsed = parseTimestamp(text);
    minutes.set(text, parsed);
    return parsed;
  };
  return (raw) => {
    if (!isFields(raw) || !isFields(raw.avg) || !isFields(raw.dimensions)) return null;
    const { tunnelName, siteName, edgeColoCode, edgeColoName, datetimeMinute } = raw.dimensions;
    const state = raw.avg.tunnelState;
    if (typeof tunnelName !== 'string' || tunnelName === '') return null;
    if (typeof edgeColoCode !== 'string' || edgeColoCode === '') return null;
    // `!(…)` also turns away NaN.
    if (typeof state !== 'number' || !(state >= 0 && state <= 1)) return null;
    const minute = typeof datetimeMinute === 'string' ? instantOf(datetimeMinute) : null;
    if (minute === null) return null;
    return {
      tunnelName,
      siteName: typeof siteName === 'string' && siteName !== '' ? siteName : null,
      coloCode: edgeColoCode,
      coloName: typeof edgeColoName === 'string' && edgeColoName !== '' ? edgeColoName : edgeColoCode,
      minute,
      state,
      samples: typeof raw.count === 'number' && raw.count >= 0 ? raw.count : 0,
    };
  };
}

/** The tunnel that a row is about, also of a row that cannot be read otherwise: pages continue from there. */
export function nameOf(raw: unknown): string | null {
  if (!isFields(raw) || !isFields(raw.dimensions)) return null;
  return typeof raw.dimensions.tunnelName === 'string' ? raw.dimensions.tunnelName : null;
}

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
