/**
 * The forecast as an iCalendar file (RFC 5545). Names of tunnels, sites and accounts are in it, and no key: nobody can read
 * keys. The identifiers stay, so that a calendar that reads the file again moves its events and doubles none.
 */
import ical from 'ical-generator';
import type { KeyOutlook } from '../../shared/keys.ts';
import type { AccountId, Instant, Millis } from '../../shared/model.ts';

const DAY: Millis = 86_400_000;
/** Farther ahead every key will have been rotated, or the plan thrown over. */
const HORIZON_MS = 400 * DAY;
/** Named in one event; beyond that they are counted. */
const MOST_NAMES = 50;

const dateOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
/** Noon UTC of a date: a whole-day event is then on that date wherever this runs. */
const noonOf = (date: string): Date => new Date(`${date}T12:00:00.000Z`);

/** One whole-day event for each day and account on which keys come due, by UTC; what is overdue is one event of today. */
export function keysCalendar(
  keys: readonly KeyOutlook[],
  accountName: (id: AccountId) => string,
  now: Instant,
): string {
  const calendar = ical({
    name: 'PSK rotation',
    prodId: { company: 'Tunnelwatch', product: 'PSK rotation', language: 'EN' },
  });
  const today = dateOf(now);
  const counted = keys.filter(({ dueAt }) => dueAt !== null && dueAt <= now + HORIZON_MS);
  for (const [accountId, own] of Map.groupBy(counted, (one) => one.accountId)) {
    const dayOf = ({ dueAt }: KeyOutlook): string => (dueAt === null || dueAt <= now ? 'overdue' : dateOf(dueAt));
    for (const [day, due] of Map.groupBy(own, dayOf)) {
      const many = due.length === 1 ? '1 key' : `${due.length} keys`;
      calendar.createEvent({
        id: `psk-${day}-${accountId}@tunnelwatch`,
        stamp: new Date(now),
        start: noonOf(day === 'overdue' ? today : day),
        allDay: true,
        summary: `${accountName(accountId)}: ${many} ${day === 'overdue' ? 'overdue' : 'due'} for rotation`,
        description: linesOf(due),
      });
    }
  }
  // RFC 5545 ends every line with CRLF, and the library leaves the last one without.
  return `${calendar.toString().trimEnd()}\r\n`;
}

function linesOf(due: readonly KeyOutlook[]): string {
  const lines = due.toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).map(lineOf);
  const shown = lines.slice(0, MOST_NAMES);
  if (lines.length > MOST_NAMES) shown.push(`and ${lines.length - MOST_NAMES} more`);
  return [...shown, '', 'Never rotate both halves of a pair on one day.'].join('\n');
}

function lineOf({ name, site, tag, dueAt, neverRotated }: KeyOutlook): string {
  const facts = [
    site,
    tag === null ? null : `#${tag}`,
    dueAt === null ? null : `due ${dateOf(dueAt)}`,
    neverRotated ? 'never rotated' : null,
  ].filter((fact) => fact !== null);
  return `${name} (${facts.join(', ')})`;
}
