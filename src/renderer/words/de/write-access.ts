/** Der Schreibzugriff: welche Konten von hier aus geändert werden können, und wie lange. */
import type { Millis } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';

export const open = {
  label: 'Konten, die geändert werden können',
  sentence: (account: string, left: Millis): string => `${account} kann noch ${time(left)} lang geändert werden.`,
  lock: 'Jetzt sperren',
  lockOf: (account: string): string => `Jetzt sperren: ${account}`,
  somebody: 'Jemand an diesem Bildschirm',
} as const;

export const access = {
  title: 'Änderungen in diesem Konto',
  off: 'Ab Werk aus: Tunnelwatch liest nur, bis ein Konto ein Schreib-Token hat und jemand es entsperrt.',
  none: 'Für dieses Konto gibt es kein Schreib-Token; es lässt sich nichts ändern.',
  give: 'Schreib-Token hinterlegen',
  locked: 'Gesperrt: im Moment lässt sich nichts ändern.',
  unlockedFor: (left: Millis): string => `Noch ${time(left)} lang entsperrt; dann sperrt es sich selbst.`,
  unlock: 'Entsperren',
  unlocking: 'Wird entsperrt …',
  howLong: 'Für',
  minutes: (ms: Millis): string => plural(Math.round(ms / 60_000), 'Minute', 'Minuten'),
  who: 'Wer',
  whoHint: 'Name für das Änderungsprotokoll',
  needsName: 'Es fehlt ein Name: das Änderungsprotokoll hält ihn fest.',
  unavailable: 'Änderungen werden hier nicht angeboten.',
  looking: 'Es wird nachgesehen, ob sich dieses Konto ändern lässt …',
} as const;

export const token = {
  title: 'Schreib-Token',
  none: 'Keines: Tunnelwatch kann in diesem Konto nichts ändern. Das ist der Normalfall.',
  what: 'Ein zweites Token, getrennt von dem zum Beobachten. Es dient allein Änderungen, und nur solange das Konto entsperrt ist.',
  needs: 'Es braucht Magic WAN Write oder Magic Transit Write.',
  add: 'Schreib-Token hinzufügen',
  addOf: (account: string): string => `Schreib-Token für ${account} hinzufügen`,
  replace: 'Ersetzen',
  replaceOf: (account: string): string => `Schreib-Token von ${account} ersetzen`,
  remove: 'Entfernen',
  removeOf: (account: string): string => `Schreib-Token von ${account} entfernen`,
  field: 'Schreib-Token',
  missing: 'Hier fehlt das Token.',
  keep: 'Prüfen und behalten',
  checking: 'Cloudflare wird gefragt …',
  cancel: 'Abbrechen',
  where: {
    keychain: (vault: string): string => `Im ${vault}`,
    environment: 'Aus einer Umgebungsvariablen',
    file: 'Aus einer Datei',
    session: 'Im Speicher, nur für diese Sitzung',
  },
} as const;

export const entry = {
  create: 'Neuer Tunnel',
  several: 'Diese ändern',
  audit: 'Änderungsprotokoll',
  change: 'Ändern',
  rotate: 'PSK wechseln',
  delete: 'Löschen',
  label: 'Diesen Tunnel ändern',
} as const;

function time(left: Millis): string {
  return left < 60_000 ? 'weniger als eine Minute' : duration(left);
}
