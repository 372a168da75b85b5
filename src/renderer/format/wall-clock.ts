/** The clock of a wall: seconds, in the wall's zone and in UTC. */
import type { Instant } from '../../shared/model.ts';
import { LOCALE } from '../words/language.ts';
import { readerZone } from './zone.ts';

const FORM = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const LOCAL = new Intl.DateTimeFormat(LOCALE, FORM);
const UTC = new Intl.DateTimeFormat(LOCALE, { ...FORM, timeZone: 'UTC' });
const LOCAL_DAY = new Intl.DateTimeFormat(LOCALE, DAY);
const UTC_DAY = new Intl.DateTimeFormat(LOCALE, { ...DAY, timeZone: 'UTC' });

/** `10:02:07` in the wall's zone. */
export function wallTime(at: Instant): string {
  return (readerZone() === 'UTC' ? UTC : LOCAL).format(at);
}
/** `09:02:07`, in UTC. */
export function utcTime(at: Instant): string {
  return UTC.format(at);
}
/** `Sat 21 Nov` in the wall's zone. */
export function wallDay(at: Instant): string {
  return (readerZone() === 'UTC' ? UTC_DAY : LOCAL_DAY).format(at);
}
