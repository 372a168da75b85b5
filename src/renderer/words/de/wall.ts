/** Wörter der Wand. Sie werden quer durch den Raum gelesen: wenige, und dieselben wie am Schreibtisch. */
import * as phrases from '../../../shared/alert-words/de/index.ts';
import type { Say } from '../../../shared/alert-words/say.ts';
import type { Acknowledgement, AlertSeverity, Incident } from '../../../shared/alerts.ts';
import type { AccountId, Instant, Millis } from '../../../shared/model.ts';
import type { Redundancy } from '../../../shared/redundancy.ts';
import { duration } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';
import type { Bucket } from '../../state/query.ts';
import type { Darkness, Trouble } from '../../views/wall/outlook.ts';

export const title = 'Wand';
export const tabTitle = (name: string | null): string =>
  name === null ? 'Wand · Tunnelwatch' : `${name} · Tunnelwatch`;
export const practice = 'Übungsbetrieb';
export const tiles = { tunnel: 'Tunnel, die schlimmsten zuerst', site: 'Standorte, die schlimmsten zuerst' };
export const troubled = { tunnel: 'Gestörte Tunnel', site: 'Gestörte Standorte' };
export const others = { tunnel: 'Alle anderen Tunnel', site: 'Alle anderen Standorte' };
export const countsLabel = { tunnel: 'Tunnel nach Stand', site: 'Standorte nach Stand' };
export const utc = 'UTC';
export const broken = (reason: string): string =>
  `Die Wand steht wegen eines Fehlers in Tunnelwatch: ${reason}. Sie lädt sich innerhalb von zwei Minuten neu.`;

/** Wie Zeiten und Namen hier gesagt werden. */
export function say(now: Instant, account: (id: AccountId) => string): Say {
  return { words: phrases, now, account, duration, time: (at) => shortTime(at, now) };
}

export const state: Readonly<Record<Bucket, string>> = {
  down: 'Ausgefallen',
  degraded: 'Beeinträchtigt',
  unknown: 'Unbekannt',
  stale: 'Veraltet',
  attention: 'Beachten',
  up: 'Aktiv',
};
export const redundancy: Readonly<Record<Redundancy, string>> = {
  isolated: 'Abgeschnitten',
  'at-risk': 'Gefährdet',
  reduced: 'Geschwächt',
  unknown: 'Unbekannt',
  redundant: 'Redundant',
  single: 'Einfach',
};
/** `Zuletzt bekannt: Aktiv`. */
export const lastKnown = (word: string): string => `Zuletzt bekannt: ${word}`;
/** `Stand vor 4 min`. */
export const asOf = (age: Millis): string => `Stand vor ${duration(age)}`;
export const agoShort = (age: Millis): string => `vor ${duration(age)}`;
export const notYet = 'noch keine Antwort';
/** `1 von 2 aktiv`. */
export const ofUp = (live: number, all: number): string => `${count(live)} von ${count(all)} aktiv`;
export const oneLeft = (all: number): string => `noch 1 von ${count(all)}`;
export const why = {
  bgpDown: 'BGP ausgefallen',
  establishing: 'BGP im Aufbau',
  healthDown: 'Zustand ausgefallen',
  degraded: 'Zustand beeinträchtigt',
  recovering: 'Erholt sich',
  pskStale: 'PSK überaltert',
  pskMissing: 'PSK nicht gemeldet',
  pskDue: 'PSK fällig',
  config: 'Konfiguration',
  unreadable: 'Nicht lesbar',
  nothing: 'Nichts gemeldet',
};
/** `9 von 14 Rechenzentren`. */
export const colos = (healthy: number, all: number): string => `${count(healthy)} von ${count(all)} Rechenzentren`;

/** Alter der Daten der Seite. */
export const dataAge = (age: Millis | null): string =>
  age === null ? 'Noch keine Daten' : `Daten ${duration(age)} alt`;

const SHOUTS: Readonly<Record<Darkness, string>> = {
  lost: 'Kein Host seit',
  blind: 'Blind seit',
  stale: 'Keine neuen Daten seit',
  paused: 'Pausiert seit',
  health: 'Keine Zustandsprüfung seit',
  asking: 'Erste Abfrage seit',
};
/** `Blind seit 10:02`; die Wand schreibt es groß. */
export const shout = ({ what, since }: Trouble, now: Instant): string => `${SHOUTS[what]} ${shortTime(since, now)}`;
/** `Acme, Globex: Blind seit 10:02`. */
export function notice(trouble: Trouble, now: Instant): string {
  const names = trouble.accounts.join(', ');
  return names === '' ? shout(trouble, now) : `${names}: ${shout(trouble, now)}`;
}
export const shoutFor = (since: Instant, now: Instant): string => `seit ${duration(now - since)}`;
export const lastKnownStates = 'Was hier steht, ist der zuletzt bekannte Stand.';

export const empty = {
  waiting: 'Warten auf die erste Antwort des Hosts …',
  asking: 'Cloudflare wird nach den Tunneln gefragt …',
  noAccounts: 'Noch wird kein Konto beobachtet.',
  noAccountsNext: 'Eines lässt sich in den Einstellungen von Tunnelwatch hinzufügen.',
  noTunnels: 'Keine IPsec-Tunnel in diesem Konto.',
  noTunnelsNext: 'Sie erscheinen hier, sobald Cloudflare einen nennt.',
  noMatch: 'Kein Tunnel passt zu dieser Ansicht.',
  noMatchNext: (view: string): string => `Die Adresse verlangt: ${view}`,
};

export const causes = 'Was gerade nicht stimmt, nach Ursache';
export const noCauses = 'Kein offener Alarm';
export const noCausesKnown = 'Kein offener Alarm bekannt';
export const more = (of: number): string => `und ${count(of)} weitere`;
export const severity: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Kritisch',
  warning: 'Warnung',
  info: 'Hinweis',
};
export const takenBy = ({ by }: Acknowledgement): string => `quittiert von ${by}`;
export const causeAge = ({ since }: Incident, now: Instant): string => duration(now - since);

/** `Seite 2 von 3`. */
export const page = (at: number, of: number): string => `Seite ${count(at)} von ${count(of)}`;
export const held = 'angehalten';

export const sound = {
  on: 'Ton an',
  muted: 'Stumm',
  blocked: 'Klick für Ton',
  blockedTitle: 'Dieser Browser spielt Töne erst nach einem Klick oder einer Taste auf dieser Seite.',
};
export const fullScreen = 'Vollbild';
export const menu = 'Ansichten';

/** Alles, was ein Screenreader braucht; gesagt, wenn sich die Bedeutung ändert. Kein Alter: das ändert sich jede Sekunde. */
export function sentence(
  by: 'tunnel' | 'site',
  counts: readonly { readonly word: string; readonly count: number }[],
  troubles: readonly string[],
  openCauses: number,
): string {
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  const noun = by === 'site' ? plural(total, 'Standort', 'Standorte') : plural(total, 'Tunnel', 'Tunnel');
  const states = counts.map(({ word, count: of }) => `${count(of)} ${word.toLowerCase()}`).join(', ');
  const alerts = openCauses === 0 ? 'Kein offener Alarm.' : `${plural(openCauses, 'offener Alarm', 'offene Alarme')}.`;
  return [...troubles.map((one) => `${one}.`), states === '' ? `${noun}.` : `${noun}: ${states}.`, alerts].join(' ');
}
