/** What a field may hold, told while somebody types. The host checks again and has the last word. */
import { formatDuration, parseDuration } from '../../../shared/duration-text.ts';
import type { Millis } from '../../../shared/model.ts';
import { isKeptBack } from '../../../shared/settings.ts';
import { settings as words } from '../../words/settings.ts';

/** A sentence when something is wrong with a text. */
export type Check = (text: string) => string | null;

/** A length of time; empty stands for the usual one. */
export const duration =
  (least: Millis, most: Millis): Check =>
  (text) => {
    if (text === '') return null;
    const ms = parseDuration(text);
    return ms !== null && ms >= least && ms <= most
      ? null
      : words.wrong.duration(formatDuration(least), formatDuration(most));
  };

/** Something has to stand there, and not too much. */
export const filled =
  (most: number): Check =>
  (text) =>
    text.trim() === '' ? words.wrong.empty : text.trim().length > most ? words.wrong.long(most) : null;

/** The id of an account of Cloudflare. */
export const accountId: Check = (text) => (/^[0-9a-f]{32}$/i.test(text.trim()) ? null : words.wrong.accountId);

/** A proxy's address, or one whose password the host keeps back; empty stands for the system's own. */
export const proxy: Check = (text) => {
  if (text === '' || isKeptBack(text)) return null;
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '') ? null : words.wrong.proxy;
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
/** Another address for the API; empty stands for Cloudflare's own. The token goes there: https, plain http to this machine alone. */
export const apiBase: Check = (text) => {
  if (text === '') return null;
  const url = URL.parse(text);
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  return safe ? null : words.wrong.apiBase;
};

/** A time of the day, `24:00` included. */
export const timeOfDay: Check = (text) =>
  /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text) ? null : words.wrong.timeOfDay;

/** A time zone; empty stands for that of the host. */
export const timeZone: Check = (text) => {
  if (text === '') return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) === null ? words.wrong.zone : null;
  } catch {
    return words.wrong.zone;
  }
};
