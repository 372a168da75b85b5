/** How notices say times, lengths and names: in the zone of the settings, for people who read them far from the app. */
import { DateTime } from 'luxon';
import type { Say } from '../../shared/alert-words/index.ts';
import { type AlertLanguage, PHRASES } from '../../shared/alert-words/languages.ts';
import type { AccountId, Instant, Millis } from '../../shared/model.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `40 s`, `14 min`, `3 h 10 min`, `5 d 2 h`: two units at most. */
function length(ms: Millis): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / 1000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  const [big, small, unit, part] = ms < DAY ? [HOUR, MINUTE, 'h', 'min'] : [DAY, HOUR, 'd', 'h'];
  const rest = Math.floor((ms % big) / small);
  return `${Math.floor(ms / big)} ${unit}${rest === 0 ? '' : ` ${rest} ${part}`}`;
}

/** `10:02 CET` on the day of `now` in that zone, else `21 Nov 10:02 CET`. */
function clockTime(at: Instant, now: Instant, zone: string, language: AlertLanguage): string {
  const moment = DateTime.fromMillis(at, { zone, locale: language === 'en' ? 'en-GB' : language });
  const today = moment.hasSame(DateTime.fromMillis(now, { zone }), 'day');
  return moment.toFormat(today ? 'HH:mm ZZZZ' : `${language === 'de' ? 'd. LLL' : 'd LLL'} HH:mm ZZZZ`);
}

/** The words of a notice made at `now`. */
export function sayIn(
  zone: string,
  now: Instant,
  account: (id: AccountId) => string,
  language: AlertLanguage = 'en',
): Say {
  return { words: PHRASES[language], now, account, duration: length, time: (at) => clockTime(at, now, zone, language) };
}
