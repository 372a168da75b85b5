/** Sätze über das Alter eines Pre-Shared Keys. Welche davon gelten, entscheidet `explain/psk.ts`. */
import { plural } from '../../format/number.ts';

export const days = (count: number): string => plural(count, 'Tag', 'Tage');
/** Tage, wie sie in `policy` stehen: nach „nach“. */
export const afterDays = (count: number): string => plural(count, 'Tag', 'Tagen');
export const old = (length: string): string => `${length} alt`;
export const ahead = (length: string): string => `auf ${length} voraus datiert`;
export const policy = (aging: string, due: string, stale: string): string =>
  `alternd nach ${aging}, fällig nach ${due}, überaltert nach ${stale}`;

export const unobserved = 'Der PSK wird gerade nicht beobachtet.';
/** @param age `412 Tage alt`. */
export const made = (age: string, date: string): string => `Der PSK ist ${age} (${date})`;
export const joined = (made: string, rest: string): string => `${made}; ${rest}.`;
export const clocksDiffer = (made: string): string => `${made}: Cloudflares Uhr und diese weichen ab. Er gilt als neu.`;
export const dueWithinDay = 'der Wechsel ist binnen eines Tages fällig';
export const dueIn = (left: number, date: string): string => `der Wechsel ist in ${afterDays(left)} fällig, am ${date}`;
export const dueToday = 'der Wechsel ist seit heute fällig';
export const dueFor = (late: number, date: string): string =>
  `der Wechsel ist seit ${afterDays(late)} fällig, seit dem ${date}`;
export const plan = 'Den Wechsel planen.';
export const rotate =
  'Ihn wechseln: zuerst den Verkehr auf den anderen Tunnel des Standorts legen, und nie beide am selben Tag wechseln.';
export const latent =
  'Nach einem Wechsel bleibt ein Unterschied verborgen: IKE prüft den Schlüssel erst, wenn es neu verhandelt. Sicher ist, wer die IKE-SA auf dem Router löscht.';
export const none =
  'Kein PSK ist gemeldet: soweit Cloudflare sagt, wurde nie einer erzeugt, und ohne ihn kommt kein Tunnel zustande.';
export const generate = 'Einen PSK erzeugen und auf dem Router des Kunden setzen.';
export const noneYetWorks =
  'Kein PSK ist gemeldet, und doch trägt der Tunnel: Cloudflares Angabe ist unvollständig, sein Alter also nicht bekannt.';
export const rotateWhenMovable =
  'Den PSK wechseln, wenn sich der Verkehr verlegen lässt; von da an ist sein Alter verzeichnet.';
